/** Puts the signs of Markdown around what is selected in the composer, or takes them away. */

export type Format = 'bold' | 'italic' | 'strike' | 'code' | 'codeBlock' | 'quote' | 'list'

/** What an edit replaces, in UTF-16 units, and what is selected after it. */
export interface Edit {
  from: number
  to: number
  text: string
  selection: [start: number, end: number]
}

const signs = { bold: '**', italic: '_', strike: '~~', code: '`' } as const
const prefixes = { quote: '> ', list: '- ' } as const

/** @returns how many of this character stand at `at`, going in the direction of `step`. */
const runAt = (text: string, at: number, step: 1 | -1, character: string): number => {
  let length = 0
  while (text.charAt(at + step * length) === character) length++
  return length
}

/** @returns whether the text from `start` to `end` stands between these signs, and not between more of them. */
const isBetween = (text: string, start: number, end: number, sign: string): boolean => {
  const character = sign.charAt(0)
  return (
    runAt(text, start - 1, -1, character) === sign.length && runAt(text, end, 1, character) === sign.length
  )
}

const around = (text: string, start: number, end: number, sign: string): Edit => {
  const selected = text.slice(start, end)
  // Signs beside a space mean nothing.
  const from = selected.trim() === '' ? start : start + selected.length - selected.trimStart().length
  const to = selected.trim() === '' ? end : start + selected.trimEnd().length
  const inner = text.slice(from, to)
  const { length } = sign
  if (isBetween(text, from, to, sign)) {
    const at = from - length
    return { from: at, to: to + length, text: inner, selection: [at, at + inner.length] }
  }
  if (inner.length > 2 * length && isBetween(text, from + length, to - length, sign)) {
    const bare = inner.slice(length, -length)
    return { from, to, text: bare, selection: [from, from + bare.length] }
  }
  return { from, to, text: sign + inner + sign, selection: [from + length, from + length + inner.length] }
}

/** The whole lines that a selection touches. */
const linesAt = (text: string, start: number, end: number): { from: number; to: number } => {
  const next = text.indexOf('\n', end)
  return { from: text.slice(0, start).lastIndexOf('\n') + 1, to: next < 0 ? text.length : next }
}

const beforeLines = (text: string, start: number, end: number, prefix: string): Edit => {
  const { from, to } = linesAt(text, start, end)
  const lines = text.slice(from, to).split('\n')
  const isThere = lines.every(line => line.startsWith(prefix))
  const changed = lines.map(line => (isThere ? line.slice(prefix.length) : prefix + line)).join('\n')
  const last = from + changed.length
  return { from, to, text: changed, selection: start === end ? [last, last] : [from, last] }
}

const inFences = (text: string, start: number, end: number): Edit => {
  const { from, to } = linesAt(text, start, end)
  const inner = text.slice(from, to)
  const at = from + 4
  return { from, to, text: `\`\`\`\n${inner}\n\`\`\``, selection: [at, at + inner.length] }
}

/**
 * @param start, end what is selected in `text`; equal at a caret.
 * @returns the edit that formats it, or that takes the format away where it is there.
 */
export const formatted = (format: Format, text: string, start: number, end: number): Edit => {
  if (format === 'codeBlock') return inFences(text, start, end)
  if (format === 'quote' || format === 'list') return beforeLines(text, start, end, prefixes[format])
  return around(text, start, end, signs[format])
}

type Stroke = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** The keys beside Mod: by key code, not by letter, which is ㅠ in Hangul mode. */
export const formatKeys: Readonly<Record<Format, { code: string; shift: boolean; name: string }>> = {
  bold: { code: 'KeyB', shift: false, name: 'B' },
  italic: { code: 'KeyI', shift: false, name: 'I' },
  strike: { code: 'KeyX', shift: true, name: 'X' },
  code: { code: 'KeyE', shift: false, name: 'E' },
  codeBlock: { code: 'KeyE', shift: true, name: 'E' },
  quote: { code: 'Digit9', shift: true, name: '9' },
  list: { code: 'Digit8', shift: true, name: '8' },
}

export const formats = Object.keys(formatKeys) as Format[]

/** @param mac whether Mod is ⌘ instead of Ctrl. */
export const formatOfStroke = (stroke: Stroke, mac: boolean): Format | undefined => {
  const [mod, other] = mac ? [stroke.metaKey, stroke.ctrlKey] : [stroke.ctrlKey, stroke.metaKey]
  if (!mod || other || stroke.altKey) return undefined
  return formats.find(format => {
    const { code, shift } = formatKeys[format]
    return code === stroke.code && shift === stroke.shiftKey
  })
}
