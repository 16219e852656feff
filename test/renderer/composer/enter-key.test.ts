import { expect, test } from 'vitest'
import { enterMeans, type KeyPress } from '../../../renderer/composer/enter-key.ts'
import { isComposing } from '../../../renderer/ui/forms/input-method.ts'

const press = (change: Partial<KeyPress> = {}): KeyPress => ({
  key: 'Enter',
  code: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...change,
})

test.each([
  ['enter', {}, 'send'],
  ['enter', { shiftKey: true }, 'break'],
  ['enter', { ctrlKey: true }, 'break'],
  ['enter', { altKey: true }, null],
  ['enter', { key: 'a' }, null],
  ['mod-enter', {}, 'break'],
  ['mod-enter', { ctrlKey: true }, 'send'],
  ['mod-enter', { metaKey: true }, 'send'],
  ['mod-enter', { shiftKey: true }, 'break'],
  ['mod-enter', { shiftKey: true, ctrlKey: true }, null],
] as const)('with the setting %s, %o means %s', (sendKey, change, meaning) => {
  expect(enterMeans(press(change), sendKey, false, false)).toBe(meaning)
})

test.each([
  ['the composition is under way', { isComposing: true, keyCode: 229 }],
  ['Safari has just ended it', { keyCode: 229 }],
  ['only the flag tells', { isComposing: true }],
] as const)('never sends while %s', (_when, change) => {
  expect(isComposing(press(change))).toBe(true)
  expect(enterMeans(press(change), 'enter', true, false)).toBeNull()
  expect(enterMeans(press({ ...change, ctrlKey: true }), 'mod-enter', false, false)).toBeNull()
})

test('Ctrl+Enter sends an open syllable at once, also where the input method hides which key it was', () => {
  const taken = { key: 'Process', keyCode: 229, isComposing: true, ctrlKey: true }
  expect(enterMeans(press(taken), 'mod-enter', true, false)).toBe('send')
  expect(enterMeans(press({ ...taken, shiftKey: true }), 'mod-enter', true, false)).toBeNull()
  expect(enterMeans(press({ ...taken, ctrlKey: false }), 'mod-enter', true, false)).toBeNull()
  expect(enterMeans(press(taken), 'enter', true, false)).toBeNull()
})
