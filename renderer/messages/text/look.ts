/** How a text is shown as a whole, told from the text alone, before it is laid out. */

/** One to six emoji and nothing else. */
const emojiAlone = /^(?:\p{RGI_Emoji}[ \u00a0]?){1,6}$/v
/** Six of the longest emoji. UTF-16 units. */
const longestEmoji = 100

/** @returns whether the text is a few emoji that can be shown large. */
export const isEmojiAlone = (text: string): boolean => text.length <= longestEmoji && emojiAlone.test(text)

/** A line of the longest measure holds about as many letters; of Hangul half as many. */
const lineLength = 80
/** Longer texts are folded, to `foldedLines`. */
const mostLines = 20
export const foldedLines = 12

/** @returns about how many lines the text takes. */
const linesOf = (text: string): number =>
  text
    .split('\n', mostLines * 2)
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / lineLength)), 0)

/** @returns whether only the beginning of the text is shown, until somebody asks for the rest. */
export const isFolded = (text: string): boolean => text.length > mostLines && linesOf(text) > mostLines
