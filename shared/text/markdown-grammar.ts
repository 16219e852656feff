/** The Markdown that people write in a chat: CommonMark without HTML, images, tables and references; and rules for Korean. */
import {
  InlineContext,
  parser,
  Strikethrough,
  type BlockContext,
  type BlockParser,
  type InlineParser,
  type Line,
  type MarkdownParser,
} from '@lezer/markdown'
import { linksIn, linkTo, type Link } from './links.ts'

/** Quotes and lists stand in each other up to this depth; deeper ones stay text. */
const deepest = 8
/** Signs of one paragraph that may begin or end an emphasis or a link: the work on them grows with their square. */
const mostSigns = 200
/** Addresses found in one paragraph. */
export const mostAddresses = 500

/** What is known about one paragraph while it is parsed. */
interface Section {
  addresses: ReadonlyMap<number, Link>
  signs: number
}

const sections = new WeakMap<InlineContext, Section>()

const sectionOf = (cx: InlineContext): Section => {
  const known = sections.get(cx)
  if (known) return known
  const text = cx.slice(cx.offset, cx.end)
  const links = linksIn(text, mostAddresses)
  const section = { addresses: new Map(links.map(link => [cx.offset + link.start, link])), signs: 0 }
  sections.set(cx, section)
  return section
}

/** @returns whether another sign of this paragraph may be looked at. */
const takesSign = (cx: InlineContext): boolean => ++sectionOf(cx).signs <= mostSigns

/** Addresses come before every other sign: an underscore in one is part of it. */
const address: InlineParser = {
  name: 'Address',
  before: 'Escape',
  parse: (cx, _next, at) => {
    const { addresses } = sectionOf(cx)
    const link = addresses.size > 0 ? addresses.get(at) : undefined
    return link ? cx.addElement(cx.elt('Address', at, at + link.end - link.start)) : -1
  },
}

const star = 0x2a
const lowLine = 0x5f
const tilde = 0x7e
const openingBracket = 0x5b
const backslash = 0x5c
const closingBracket = 0x5d
const openingParenthesis = 0x28

/** Only signs that would mean something are escaped, so that `C:\new` and `\\server` stay as they were typed. */
const escape: InlineParser = {
  name: 'Escape',
  parse: (cx, next, at) =>
    next === backslash && /[*_~`[\]]/.test(cx.slice(at + 1, at + 2))
      ? cx.addElement(cx.elt('Escape', at, at + 2))
      : -1,
}

const cjk = /[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]$/u
const punctuation = /[\p{P}\p{S}]/u
const latin = /[\p{L}\p{N}]/u

/** The characters beside a run of signs; empty at the edge of the paragraph. */
interface Beside {
  before: string
  after: string
}

const besides = (cx: InlineContext, from: number, to: number): Beside => ({
  before: Array.from(cx.slice(Math.max(cx.offset, from - 2), from)).at(-1) ?? '',
  after: Array.from(cx.slice(to, to + 2))[0] ?? '',
})

const isSpace = (character: string): boolean => character.trim() === ''

/**
 * CommonMark's left- and right-flanking runs, with one more rule: beside Chinese, Japanese or Korean, punctuation inside the emphasis does not keep
 * it from beginning or ending (`**"인용"**은`), because those scripts put no space there.
 */
const flanks = ({ before, after }: Beside): { left: boolean; right: boolean } => ({
  left:
    !isSpace(after) &&
    (!punctuation.test(after) || isSpace(before) || punctuation.test(before) || cjk.test(before)),
  right:
    !isSpace(before) &&
    (!punctuation.test(before) || isSpace(after) || punctuation.test(after) || cjk.test(after)),
})

const isInWord = (character: string): boolean => latin.test(character) && !cjk.test(character)

/** `*` and `_`. A single one in a Latin word or a calculation (`snake_case`, `3*4*5`) means nothing. */
const emphasis: InlineParser = {
  name: 'Emphasis',
  parse: (cx, next, from) => {
    if (next !== star && next !== lowLine) return -1
    let to = from + 1
    while (cx.char(to) === next) to++
    if (!takesSign(cx)) return to
    const beside = besides(cx, from, to)
    const { left, right } = flanks(beside)
    const isSplit = next === star && to - from > 1
    const open =
      left && (isSplit || !(next === lowLine ? latin.test(beside.before) : isInWord(beside.before)))
    const close = right && (isSplit || !isInWord(beside.after))
    const type = next === star ? InlineContext.emphasisAsterisk : InlineContext.emphasisUnderscore
    return cx.addDelimiter(type, from, to, open, close)
  },
}

const strikeDelimiter = { resolve: 'Strikethrough', mark: 'StrikethroughMark' }

/** `~~`, which begins nothing after a letter: 네~~ 안녕~~ is a drawn-out word. */
const strike: InlineParser = {
  name: 'Strikethrough',
  after: 'Emphasis',
  parse: (cx, next, from) => {
    if (next !== tilde || cx.char(from + 1) !== tilde || cx.char(from - 1) === tilde) return -1
    let to = from + 2
    while (cx.char(to) === tilde) to++
    if (to > from + 2 || !takesSign(cx)) return to
    const beside = besides(cx, from, to)
    const { left, right } = flanks(beside)
    return cx.addDelimiter(strikeDelimiter, from, to, left && !latin.test(beside.before), right)
  },
}

const linkStart: InlineParser = {
  name: 'Link',
  parse: (cx, next, at) =>
    next === openingBracket && takesSign(cx)
      ? cx.addDelimiter(InlineContext.linkStart, at, at + 1, true, false)
      : -1,
}

/** The longest address is shorter. */
const destination = /^\([^\s<>]{1,2100}\)/u

/** @returns the address in `(address)`, and its length with the brackets: brackets in it come in pairs. */
const destinationAt = (cx: InlineContext, at: number): { typed: string; length: number } | null => {
  const found = destination.exec(cx.slice(at, at + 2_110))?.[0] ?? ''
  let depth = 0
  for (const { 0: bracket, index } of found.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1
    if (depth === 0) return { typed: found.slice(1, index), length: index + 1 }
  }
  return null
}

/** `[text](address)`: only an address that could be opened makes a link of it. */
const linkEnd: InlineParser = {
  name: 'LinkEnd',
  parse: (cx, next, at) => {
    if (next !== closingBracket || cx.char(at + 1) !== openingParenthesis || !takesSign(cx)) return -1
    const index = cx.findOpeningDelimiter(InlineContext.linkStart)
    const start = index === null ? null : cx.getDelimiterAt(index)
    const aim = destinationAt(cx, at + 1)
    if (index === null || !start || !aim || !linkTo(aim.typed) || cx.skipSpace(start.to) === at) return -1
    const end = at + 1 + aim.length
    const content = cx.takeContent(index)
    return cx.addElement(
      cx.elt('Link', start.from, end, [
        cx.elt('LinkMark', start.from, start.to),
        ...content,
        cx.elt('LinkMark', at, at + 2),
        cx.elt('URL', at + 2, end - 1),
        cx.elt('LinkMark', end - 1, end),
      ]),
    )
  },
}

/**
 * Lines that only look like the beginning of a block: a sign with nothing behind it, `+ 1`, a year, and a date as Koreans write it
 * (`12. 1. 회의`).
 */
const onlyText = /^(?:(?:[-+*]|\d+[.)])\s*$|#{1,6}\s*$|>[>\s]*$|\+\s|\d{4,}[.)]|\d+[.)]\s+\d+[.)])/u

const staysText = (cx: BlockContext, line: Line): boolean => {
  const parent = cx.parentType().name
  if (parent.endsWith('List')) return false
  return cx.depth > deepest || onlyText.test(line.text.slice(line.pos, line.pos + 40).trimEnd())
}

const text: BlockParser = {
  name: 'Text',
  before: 'Blockquote',
  parse: (cx, line) => {
    if (!staysText(cx, line)) return false
    const from = cx.lineStart + line.pos
    const content = line.text.slice(line.pos)
    cx.addElement(cx.elt('Paragraph', from, from + content.length, cx.parser.parseInline(content, from)))
    cx.nextLine()
    return true
  },
  // A line without `>` or indentation is not in the quote or the list before it.
  endLeaf: (cx, line) => cx.depth > 1 && line.basePos === 0,
}

export const grammar: MarkdownParser = parser.configure([
  Strikethrough,
  {
    defineNodes: ['Address'],
    remove: [
      'IndentedCode',
      'HorizontalRule',
      'SetextHeading',
      'LinkReference',
      'HTMLBlock',
      'HTMLTag',
      'Entity',
      'Image',
      'HardBreak',
    ],
    parseBlock: [text],
    parseInline: [address, escape, emphasis, strike, linkStart, linkEnd],
  },
])
