/** The meaning of the Enter key in the composer. */
import type { SendKey } from '../../shared/contract/model.ts'
import { isComposing } from '../ui/forms/input-method.ts'

/** The fields of a keydown event that matter here. */
export interface KeyPress {
  key: string
  code: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/**
 * @param isInFence whether the caret is in a block of code, where Enter begins a new line of it and Ctrl+Enter sends.
 * @param isSyllableOpen whether what is being composed is Hangul, which stands as typed.
 * @returns `send`, or `break` where a line break has to be put in by hand (the field makes the others itself), or null if the key
 * is none of the composer's business. Where an input method gives the Enter that ended a composition back as a key of its own, as the
 * Korean ones do, that second key sends: one press, whole text. With Ctrl+Enter not all of them do; it sends at once.
 */
export const enterMeans = (
  press: KeyPress,
  sendKey: SendKey,
  isSyllableOpen: boolean,
  isInFence: boolean,
): 'send' | 'break' | null => {
  const composing = isComposing(press)
  const isEnter = press.key === 'Enter' || (composing && /^(?:Numpad)?Enter$/u.test(press.code))
  if (!isEnter || press.altKey) return null
  const mod = press.ctrlKey || press.metaKey
  if (composing) return isSyllableOpen && sendKey === 'mod-enter' && mod && !press.shiftKey ? 'send' : null
  if (press.shiftKey) return mod ? null : 'break'
  if (sendKey === 'mod-enter') return mod ? 'send' : 'break'
  return mod === isInFence ? 'send' : 'break'
}
