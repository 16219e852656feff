import { expect, test } from 'vitest'
import { actionOfStroke } from '../../../renderer/shell/shortcuts.ts'

const stroke = (code: string, held: Partial<Parameters<typeof actionOfStroke>[0]> = {}) => ({
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const ctrl = { ctrlKey: true }
const alt = { altKey: true }

test.each([
  ['KeyK', ctrl, 'openSearch'],
  ['KeyN', ctrl, 'createRoom'],
  ['Comma', ctrl, 'openSettings'],
  ['ArrowDown', alt, 'nextRoom'],
  ['ArrowUp', alt, 'previousRoom'],
] as const)('%s with %o asks for %s', (code, held, action) => {
  expect(actionOfStroke(stroke(code, held), false)).toBe(action)
})

test.each([
  ['nothing held', stroke('KeyK')],
  ['Shift as well', stroke('KeyK', { ...ctrl, shiftKey: true })],
  ['AltGr, which is Ctrl and Alt', stroke('KeyN', { ...ctrl, ...alt })],
  ['the other system’s key', stroke('KeyK', { metaKey: true })],
])('%s asks for nothing', (_what, key) => {
  expect(actionOfStroke(key, false)).toBeUndefined()
})

test('on macOS it is ⌘, not Ctrl', () => {
  expect(actionOfStroke(stroke('KeyK', { metaKey: true }), true)).toBe('openSearch')
  expect(actionOfStroke(stroke('KeyK', ctrl), true)).toBeUndefined()
})
