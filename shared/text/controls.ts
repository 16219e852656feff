/** Control characters, which act on the text around them. */

/**
 * C0 and C1 controls (ECMA-48: a terminal reads U+009B as ESC [), line and paragraph separators, and characters that change the direction
 * of text (UAX #9), but not the line feed.
 */
const acting = /[[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]--[\n]]/gv

/** @returns the text without control characters, except for line feeds. */
export const withoutControls = (text: string): string => text.replaceAll(acting, '')

/** @returns the text with control characters escaped as in JSON, such as `\u009b`, except for line feeds. */
export const escapeControls = (text: string): string =>
  text.replaceAll(acting, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
