import { expect, test } from 'vitest'
import { isMade, isPasscode, makePasscode } from '../../../../main/host/admission/passcode.ts'
import { expectLinear, hostileTexts } from '../../../shared/text/growth.ts'

test('a generated passcode has 16 symbols in groups', () => {
  const made = new Set(Array.from({ length: 200 }, makePasscode))
  expect(made.size).toBe(200)
  for (const passcode of made) expect(passcode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
})

test('all symbols are about equally frequent', () => {
  const counts = new Map<string, number>()
  for (const symbol of Array.from({ length: 1_000 }, makePasscode).join('').replaceAll('-', '')) {
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  }
  expect(counts.size).toBe(32)
  for (const count of counts.values()) expect(count).toBeGreaterThan(350)
})

test('a generated passcode may be typed in many ways', () => {
  const passcode = '7K3M-Q01T-2BVN-H4DR'
  for (const typed of [
    passcode,
    '7k3mq01t2bvnh4dr',
    '7K3M Q01T 2BVN H4DR',
    ' 7k3m–qoit–2bvn–h4dr ',
    '7k3m-qOlT-2bvn-h4dr',
    '７Ｋ３Ｍ-Ｑ０１Ｔ-２ＢＶＮ-Ｈ４ＤＲ',
  ]) {
    expect(isPasscode(typed, passcode), typed).toBe(true)
  }
  for (const typed of ['7K3M-Q01T-2BVN-H4DS', '7K3M-Q01T-2BVN', '', '7K3M-Q01T-2BVN-H4DR-7']) {
    expect(isPasscode(typed, passcode), typed).toBe(false)
  }
})

test('a chosen passcode is compared exactly, except for edge spaces and composition', () => {
  expect(isPasscode(' 해질녘-수박-42 ', '해질녘-수박-42')).toBe(true)
  expect(isPasscode('해질녘-수박-42'.normalize('NFD'), '해질녘-수박-42')).toBe(true)
  expect(isPasscode('해질녘수박42', '해질녘-수박-42')).toBe(false)
  expect(isPasscode('Secret', 'secret')).toBe(false)
})

test.each(hostileTexts)('a passcode of %s takes linear time', (_what, make) => {
  expectLinear(given => isPasscode(given, 'open sesame'), make)
})

test('a generated passcode is distinguished from a chosen one, however it is typed', () => {
  for (let count = 0; count < 100; count += 1) {
    const made = makePasscode()
    expect(isMade(made), made).toBe(true)
    expect(isMade(made.toLowerCase().replaceAll('-', ' ')), made).toBe(true)
  }
  for (const chosen of ['', '1234', 'classroom1234567', '0000-0000-0000-0000', '7K3M-Q01T-2BVN-H4DR'])
    expect(isMade(chosen), chosen).toBe(false)
})
