/** Characters that act on what stands around them instead of standing for themselves. */

/**
 * C0 and C1 controls (ECMA-48: a terminal takes U+009B for ESC [), line and paragraph separators, and what turns the direction of text
 * (UAX #9). The line feed is not among them.
 */
const acting = /[[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]--[\n]]/gv

/** @returns the text without control characters; line feeds stay. */
export const withoutControls = (text: string): string => text.replaceAll(acting, '')

/** @returns the text with control characters as JSON escapes them, such as `\u009b`; line feeds stay. */
export const escapeControls = (text: string): string =>
  text.replaceAll(acting, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
