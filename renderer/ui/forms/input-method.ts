/** Recognises keys that belong to an input method. */

/**
 * The key code of keys handled by an input method (UI Events, “keyCode for input method editors”). Safari reports the end of a
 * composition before the Enter that ended it, so `isComposing` alone misses that key.
 */
const inputMethodKey = 229

/** @returns whether an input method is handling this key. */
export const isComposing = (press: { isComposing: boolean; keyCode: number }): boolean =>
  press.isComposing || press.keyCode === inputMethodKey
