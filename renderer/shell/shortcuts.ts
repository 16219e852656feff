/** The window's shortcuts. */
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'

type Stroke = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const withMod: Readonly<Record<string, WindowAction>> = {
  KeyK: 'openSearch',
  KeyN: 'createRoom',
  Comma: 'openSettings',
}
const withAlt: Readonly<Record<string, WindowAction>> = { ArrowUp: 'previousRoom', ArrowDown: 'nextRoom' }

/**
 * @param mac whether Mod is ⌘ instead of Ctrl.
 * @returns the action of a key stroke. By key code, not by letter, which is ㅏ in Hangul mode.
 */
export const actionOfStroke = (stroke: Stroke, mac: boolean): WindowAction | undefined => {
  const [mod, other] = mac ? [stroke.metaKey, stroke.ctrlKey] : [stroke.ctrlKey, stroke.metaKey]
  if (other || stroke.shiftKey || mod === stroke.altKey) return undefined
  return (mod ? withMod : withAlt)[stroke.code]
}
