import { expect, test } from 'vitest'
import { isolate, sideBySide } from '../../../shared/text/isolate.ts'

const [hebrew, arabic] = ['\u05d3\u05e0\u05d9', '\u0644\u064a\u0644\u0649']

test.each(['Ada', '지우', '', '1:2!', 'Zoë 🎉', 'wss://chat.example/stomp'])(
  'a text that can’t turn a sentence around stays as it is: %j',
  text => expect(isolate(text)).toBe(text),
)

test.each([hebrew, arabic, `Ada ${hebrew}`, `${arabic} 1`, '\u200fAda', '\u{1e900}\u{1e901}'])(
  'a text with right-to-left letters or marks stands between isolates: %j',
  text => expect(isolate(text)).toBe(`\u2068${text}\u2069`),
)

test.each([
  ['\u202eevil', 'evil'],
  ['\u2069\u2069evil', 'evil'],
  [`\u2067${hebrew}`, hebrew],
])('no text gets out of its isolate: %j', (text, inside) => {
  expect(isolate(text)).toBe(`\u2068${inside}\u2069`)
})

test('notes side by side keep their order; those that are missing are left out', () => {
  expect(sideBySide(arabic, undefined, '', 'lunch')).toBe(`\u2068${arabic}\u2069 · lunch`)
  expect(sideBySide(undefined, '')).toBe('')
})
