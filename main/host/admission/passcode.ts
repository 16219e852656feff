/** The host's passcode: easy to read aloud and to type, compared in constant time. */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { Failure } from '../../../shared/contract/errors.ts'
import { leastPasscodeLength } from '../../../shared/contract/desktop-commands.ts'
import { compose } from '../../../shared/text/compose.ts'
import { isLoopback } from '../network/addresses.ts'

/** Douglas Crockford's base 32: no I, L, O, U (https://www.crockford.com/base32.html). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Symbols of a generated passcode: random ones, then two check symbols. */
const randomSymbols = 14
const madeSymbols = 16
const madePasscode = new RegExp(`^[${alphabet}]{${madeSymbols}}$`)

/** @returns the two check symbols of a generated passcode. */
const checkSymbols = (random: string): string =>
  [...createHash('sha256').update(`stompbox passcode ${random}`).digest().subarray(0, 2)]
    .map(byte => alphabet.charAt(byte % alphabet.length))
    .join('')

/** @returns a new random passcode of 70 bits, such as `7K3M-Q9XT-2BVN-H4DR`. */
export const makePasscode = (): string => {
  const random = Array.from({ length: randomSymbols }, () => alphabet.charAt(randomInt(alphabet.length)))
  const symbols = random.join('')
  return (symbols + checkSymbols(symbols)).match(/.{4}/g)?.join('-') ?? ''
}

/** @returns the symbols of a typed passcode if it has the form of a generated one: see {@link canonical}. */
const symbolsOf = (passcode: string): string =>
  compose(passcode, 'NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

/**
 * @returns whether {@link makePasscode} made it, so that it can't be guessed. A passcode chosen by a person passes only
 *   if it has the same form and, one time in 1,024, the right check symbols.
 */
export const isMade = (passcode: string): boolean => {
  const symbols = symbolsOf(passcode)
  return madePasscode.test(symbols) && symbols.endsWith(checkSymbols(symbols.slice(0, randomSymbols)))
}

/**
 * The form in which passcodes are compared. A generated passcode may be typed in any case, with other or no separators,
 * and with O for 0 and I or L for 1; any other passcode is only trimmed and Unicode-normalised.
 */
const canonical = (passcode: string): string => {
  const symbols = symbolsOf(passcode)
  return madePasscode.test(symbols) ? symbols : compose(passcode).trim()
}

const digest = (passcode: string): Buffer => createHash('sha256').update(canonical(passcode)).digest()

/** @returns whether `given` is the passcode `expected`, in constant time. */
export const isPasscode = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected))

/**
 * @param bind the address that the host listens on.
 * @throws {Failure} `passcode-missing` or `passcode-short` if the host is open to other computers and has no
 *   passcode, or one that can be guessed.
 */
export const checkPasscode = (bind: string, passcode: string | null): void => {
  if (isLoopback(bind)) return
  const { length } = passcode?.trim() ?? ''
  if (length === 0) throw new Failure('passcode-missing')
  if (length < leastPasscodeLength) throw new Failure('passcode-short', { least: leastPasscodeLength })
}
