/** The host's passcode: made so that it can be read aloud and typed, compared so that time tells nothing. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { compose } from '../../shared/text/compose.ts'

/** Douglas Crockford's base 32: no I, L, O, U (https://www.crockford.com/base32.html). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groups = 4
const groupLength = 4
const madePasscode = new RegExp(`^[${alphabet}]{${groups * groupLength}}$`)

/** @returns a new random passcode of 80 bits, such as `7K3M-Q9XT-2BVN-H4DR`. */
export const makePasscode = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: groupLength }, () => alphabet.charAt(randomInt(alphabet.length))).join(''),
  ).join('-')

/**
 * What a typed passcode is compared by. One that has the form of a made passcode may be typed in any case, with other or no
 * separators, and with O for 0 and I or L for 1; every other is taken as it is, but for edge spaces and Unicode composition.
 */
const canonical = (passcode: string): string => {
  const symbols = compose(passcode, 'NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return madePasscode.test(symbols) ? symbols : compose(passcode).trim()
}

const digest = (passcode: string): Buffer => createHash('sha256').update(canonical(passcode)).digest()

/** @returns whether `given` is the passcode `expected`; takes as long for a near miss as for a far one. */
export const isPasscode = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected))
