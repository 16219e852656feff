import { expect, test } from 'vitest'
import { oneLine } from '../../../main/desktop/one-line.ts'

test.each([
  ['안녕', '안녕'],
  ['  two\n\nlines\tand  more ', 'two lines and more'],
  ['bell\u0007 and \u202eturned\u2069', 'bell and turned'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['', ''],
])('%j becomes %j', (text, line) => {
  expect(oneLine(text, 40)).toBe(line)
})

test('cuts between characters as people see them', () => {
  expect(oneLine('12345', 5)).toBe('12345')
  expect(oneLine('123456', 5)).toBe('1234…')
  expect(oneLine('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦…')
  expect(oneLine('한글한글'.normalize('NFD'), 3)).toBe(`${'한글'.normalize('NFD')}…`)
  expect(oneLine('one two', 5)).toBe('one…')
})

test('does not read a very long text to its end', () => {
  expect(oneLine('x'.repeat(10_000_000), 10)).toBe('xxxxxxxxx…')
})
