/** Which keys belong to an input method. */

/**
 * The key code of every key that an input method takes for itself (UI Events, “keyCode for input method editors”). Safari tells the
 * end of a composition before the Enter that ended it, so that `isComposing` alone misses that key.
 */
const inputMethodKey = 229

/** @returns whether an input method is at work on this key. */
export const isComposing = (press: { isComposing: boolean; keyCode: number }): boolean =>
  press.isComposing || press.keyCode === inputMethodKey
