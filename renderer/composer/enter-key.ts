/** What the Enter key means in the composer. */
import type { SendKey } from '../../shared/contract/model.ts'

/** What is asked of a keydown event. */
export interface KeyPress {
  key: string
  keyCode: number
  isComposing: boolean
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/**
 * The key code of every key that an input method takes for itself (UI Events, “keyCode for input method editors”). Safari tells the
 * end of a composition before the Enter that ended it, so that `isComposing` alone misses that key.
 */
const inputMethodKey = 229

/** @returns whether an input method is at work on this key, so that it is nobody else's. */
export const isComposing = (press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean =>
  press.isComposing || press.keyCode === inputMethodKey

/**
 * @returns `send`, or `break` where a line break has to be put in by hand (the field makes the others itself), or null where the key
 * is none of the composer's business. Where an input method gives the Enter that ended a composition back as a key of its own, as the
 * Korean ones do, that second key sends: one press, whole text.
 */
export const enterMeans = (press: KeyPress, sendKey: SendKey): 'send' | 'break' | null => {
  if (press.key !== 'Enter' || isComposing(press) || press.altKey) return null
  const mod = press.ctrlKey || press.metaKey
  if (press.shiftKey) return mod ? null : 'break'
  if (sendKey === 'mod-enter') return mod ? 'send' : 'break'
  return mod ? 'break' : 'send'
}
