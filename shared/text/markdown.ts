/** A message's text as a tree: what the window shows, and plain text where there is room for nothing else. */
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common'
import { linksIn, linkTo } from './links.ts'
import { grammar, mostAddresses } from './markdown-grammar.ts'
import { mentionsIn } from './mentions.ts'

/** A piece of a line. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code' | 'mention'; text: string }
  /**
   * `host` is the one that opens, where the text does not show it. The text of a link that `deceives` reads like another host.
   */
  | { kind: 'link'; href: string; host: string | null; deceives: boolean; children: Inline[] }
  | { kind: Mark; children: Inline[] }

type Mark = 'strong' | 'emphasis' | 'strike'

/** A part of a message that begins on a line of its own. */
export type Block =
  | { kind: 'paragraph' | 'heading'; children: Inline[] }
  | { kind: 'code'; language: string | null; text: string }
  | { kind: 'quote'; children: Block[] }
  /** `start` is the first number of a numbered list; null for one with bullets. */
  | { kind: 'list'; start: number | null; items: Block[][] }

/** Longer texts are not parsed. UTF-16 units; no message of Stompbox is longer. */
const longest = 20_000
/** The most mentions that stand out in one piece of text. */
const mostMentions = 500

/** Text without any of these has neither marks nor addresses. */
const signs = /[*_~`[>#]|^[ \t]*(?:-|\d+[.)])[ \t]|https?:|mailto:|www\./imu

const marks: Readonly<Record<string, Mark>> = {
  Emphasis: 'emphasis',
  StrongEmphasis: 'strong',
  Strikethrough: 'strike',
}

/** @returns the text with its addresses as links. */
const withLinks = (text: string): Inline[] => {
  const pieces: Inline[] = []
  let done = 0
  const plain = (end: number): void => {
    if (end > done) pieces.push({ kind: 'text', text: text.slice(done, end) })
  }
  for (const { start, end, href, trueHost } of linksIn(text, mostAddresses)) {
    plain(start)
    const children: Inline[] = [{ kind: 'text', text: text.slice(start, end) }]
    pieces.push({ kind: 'link', href, host: trueHost, deceives: trueHost !== null, children })
    done = end
  }
  plain(text.length)
  return pieces
}

/** @returns what stands in the text of a link, where no other link may stand. */
const withoutLinks = (pieces: readonly Inline[]): Inline[] =>
  pieces.flatMap((piece): Inline[] => {
    if (piece.kind === 'link') return withoutLinks(piece.children)
    return 'children' in piece ? [{ ...piece, children: withoutLinks(piece.children) }] : [piece]
  })

const textOfInline = (pieces: readonly Inline[]): string =>
  pieces.map(piece => ('children' in piece ? textOfInline(piece.children) : piece.text)).join('')

const textOfBlocks = (blocks: readonly Block[]): string => blocks.map(textOfBlock).join('\n')

const textOfBlock = (block: Block): string => {
  if (block.kind === 'code') return block.text
  if (block.kind === 'quote') return textOfBlocks(block.children)
  if (block.kind === 'list') return block.items.map(textOfBlocks).join('\n')
  return textOfInline(block.children)
}

/** What reads like a host or an address. */
const addressLike = /[\p{L}\p{N}]\.\p{L}{2}|:\/\/|@/u

/** @returns a link with a text of its own, beside which the host stands unless the text is the address. */
const linkWithText = (typed: string, children: Inline[]): Inline[] => {
  const aim = linkTo(typed)
  if (!aim) return children
  const { href, trueHost } = aim
  const { host, pathname } = new URL(href)
  const text = textOfInline(children)
  if (text === typed) return [{ kind: 'link', href, host: trueHost, deceives: trueHost !== null, children }]
  const shown = host || pathname.slice(pathname.lastIndexOf('@') + 1)
  const deceives = trueHost !== null || (addressLike.test(text) && text !== host)
  return [{ kind: 'link', href, host: trueHost ?? shown, deceives, children }]
}

/** Makes our tree of the parser's, whose nodes are ranges of the text. */
class Reader {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  /** @returns the blocks of the whole text. Paragraphs that follow one another are one, with the lines between them as typed. */
  document(): Block[] {
    const blocks: Block[] = []
    let end = 0
    for (let node = grammar.parse(this.#text).topNode.firstChild; node; node = node.nextSibling) {
      const last = blocks.at(-1)
      if (node.name === 'Paragraph') {
        const from = this.#text.lastIndexOf('\n', node.from - 1) + 1
        const children = this.#inline(node, Math.max(from, end))
        if (last?.kind === 'paragraph') {
          last.children.push(...this.#plain(end, Math.max(from, end)), ...children)
        } else blocks.push({ kind: 'paragraph', children })
      } else blocks.push(...this.#block(node))
      end = node.to
    }
    return blocks
  }

  #block(node: SyntaxNode): Block[] {
    const { name } = node
    if (name === 'Paragraph') return [{ kind: 'paragraph', children: this.#inside(node) }]
    if (name.startsWith('ATXHeading')) return [{ kind: 'heading', children: trimmed(this.#inside(node)) }]
    if (name === 'FencedCode') return [this.#code(node)]
    if (name === 'Blockquote') return [{ kind: 'quote', children: this.#blocks(node) }]
    if (!name.endsWith('List')) return []
    const items = node.getChildren('ListItem').map(item => this.#blocks(item))
    const first = node.firstChild?.getChild('ListMark')
    const start = name === 'OrderedList' && first ? Number.parseInt(this.#slice(first), 10) : null
    return [{ kind: 'list', start, items }]
  }

  #blocks(parent: SyntaxNode): Block[] {
    const blocks: Block[] = []
    for (let node = parent.firstChild; node; node = node.nextSibling) blocks.push(...this.#block(node))
    // One block at least, so that plain text has a line for each item.
    return blocks.length > 0 ? blocks : [{ kind: 'paragraph', children: [] }]
  }

  #code(node: SyntaxNode): Block {
    const info = node.getChild('CodeInfo')
    const language = info ? (/^[\w+#.-]{1,30}/u.exec(this.#slice(info))?.[0].toLowerCase() ?? null) : null
    const text = node
      .getChildren('CodeText')
      .map(part => this.#slice(part))
      .join('')
    return { kind: 'code', language, text }
  }

  /** Of a block in others, lines begin without the others' indentation. */
  #inside(node: SyntaxNode): Inline[] {
    return unindented(this.#inline(node, node.from))
  }

  #slice({ from, to }: SyntaxNodeRef): string {
    return this.#text.slice(from, to)
  }

  #plain(from: number, to: number): Inline[] {
    return to > from ? [{ kind: 'text', text: this.#text.slice(from, to) }] : []
  }

  /** @param from where the text of the node begins. */
  #inline(node: SyntaxNode, from: number): Inline[] {
    const pieces: Inline[] = []
    let done = from
    for (let child = node.firstChild; child; child = child.nextSibling) {
      pieces.push(...this.#plain(done, child.from), ...this.#piece(child))
      done = child.to
      // One space belongs to the sign of a quote.
      if (child.name === 'QuoteMark' && this.#text[done] === ' ') done++
    }
    pieces.push(...this.#plain(done, node.to))
    return pieces
  }

  #piece(node: SyntaxNode): Inline[] {
    const mark = marks[node.name]
    if (mark) return [{ kind: mark, children: this.#inline(node, node.from) }]
    if (node.name === 'Address') return withLinks(this.#slice(node))
    if (node.name === 'Link') return this.#link(node)
    if (node.name === 'InlineCode') return [{ kind: 'code', text: this.#inlineCode(node) }]
    if (node.name === 'Escape') return this.#plain(node.from + 1, node.to)
    // The signs themselves.
    return []
  }

  #inlineCode(node: SyntaxNode): string {
    const text = textOfInline(this.#inline(node, node.from))
    // A space at both ends keeps a backtick in the code apart from those around it.
    return /^ .*[^ ].* $/su.test(text) ? text.slice(1, -1) : text
  }

  #link(node: SyntaxNode): Inline[] {
    const url = node.getChild('URL')
    return linkWithText(url ? this.#slice(url) : '', withoutLinks(this.#inline(node, node.from)))
  }
}

const unindented = (pieces: readonly Inline[]): Inline[] =>
  pieces.map(piece => {
    if ('children' in piece) return { ...piece, children: unindented(piece.children) }
    return piece.kind === 'text' ? { ...piece, text: piece.text.replaceAll(/\n[ \t]+/gu, '\n') } : piece
  })

/** @returns the pieces of a heading without the white space before its closing signs. */
const trimmed = (pieces: readonly Inline[]): Inline[] =>
  pieces.flatMap((piece, index): Inline[] => {
    if (piece.kind !== 'text') return [piece]
    const start = index === 0 ? piece.text.trimStart() : piece.text
    const text = index === pieces.length - 1 ? start.trimEnd() : start
    return text === '' ? [] : [{ kind: 'text', text }]
  })

const parsed = (text: string): Block[] => {
  if (text.length > longest || !signs.test(text)) return [{ kind: 'paragraph', children: withLinks(text) }]
  const blocks = new Reader(text).document()
  // Signs alone (```) stand for themselves.
  return textOfBlocks(blocks).trim() === '' ? [{ kind: 'paragraph', children: withLinks(text) }] : blocks
}

const withMentions = (pieces: readonly Inline[], name: string): Inline[] =>
  pieces.flatMap((piece): Inline[] => {
    if (piece.kind === 'link' || piece.kind === 'code' || piece.kind === 'mention') return [piece]
    if ('children' in piece) return [{ ...piece, children: withMentions(piece.children, name) }]
    const split: Inline[] = []
    let done = 0
    for (const { start, end } of mentionsIn(piece.text, name, mostMentions)) {
      if (start < done) continue
      if (start > done) split.push({ kind: 'text', text: piece.text.slice(done, start) })
      split.push({ kind: 'mention', text: piece.text.slice(start, end) })
      done = end
    }
    if (done < piece.text.length) split.push({ kind: 'text', text: piece.text.slice(done) })
    return split
  })

const mentioning = (block: Block, name: string): Block => {
  if (block.kind === 'quote')
    return { ...block, children: block.children.map(child => mentioning(child, name)) }
  if (block.kind === 'list') {
    return { ...block, items: block.items.map(item => item.map(child => mentioning(child, name))) }
  }
  return block.kind === 'code' ? block : { ...block, children: withMentions(block.children, name) }
}

/**
 * @param text a message's text, as it was typed.
 * @param name the person whose mentions (`@name`) stand out; null for nobody. None are found in code and in addresses.
 * @returns its blocks, at least one of them with text if the text has any. A text without marks is one paragraph of exactly that text.
 */
export const markdownOf = (text: string, name: string | null): Block[] => {
  const blocks = parsed(text)
  return name === null ? blocks : blocks.map(block => mentioning(block, name))
}

/** @returns the text without its marks, for previews, notifications and the search: the text of each block on lines of its own. */
export const plainText = (text: string): string => (signs.test(text) ? textOfBlocks(parsed(text)) : text)

const hasMention = (pieces: readonly Inline[]): boolean =>
  pieces.some(piece => piece.kind === 'mention' || ('children' in piece && hasMention(piece.children)))

const mentionsInBlock = (block: Block): boolean => {
  if (block.kind === 'quote') return block.children.some(mentionsInBlock)
  if (block.kind === 'list') return block.items.some(item => item.some(mentionsInBlock))
  return block.kind !== 'code' && hasMention(block.children)
}

/** @returns whether `text` mentions the person; counting, notifications and highlighting use the same rule. */
export const mentions = (text: string, name: string): boolean =>
  mentionsIn(text, name, 1).length > 0 && markdownOf(text, name).some(mentionsInBlock)
