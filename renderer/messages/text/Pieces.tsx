import type { Inline } from '../../../shared/text/markdown.ts'
import { Link } from './Link.tsx'
import styles from './Pieces.module.css'

/** A space and what follows it, where that begins with an emoji and is short enough for one line. */
const closingEmoji = / \p{Extended_Pictographic}\S{0,15}$/u
const hangul = /\p{Script=Hangul}/u

/** The end of a text: a closing emoji stays with the word before it. The characters are as they were typed, so that they can be copied. */
const Ending = ({ text }: { text: string }) => {
  const at = text.search(closingEmoji)
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <span className={styles.joined}>{text.slice(at)}</span>
    </>
  )
}

const Piece = ({ piece }: { piece: Exclude<Inline, { kind: 'text' }> }) => {
  switch (piece.kind) {
    case 'mention':
      return <span className={styles.mention}>{piece.text}</span>
    case 'code':
      return <code className={styles.code}>{piece.text}</code>
    case 'strong':
      return (
        <b>
          <Pieces of={piece.children} />
        </b>
      )
    case 'emphasis':
      return (
        <em className={styles.emphasis} data-upright={piece.children.some(isHangul) || undefined}>
          <Pieces of={piece.children} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Pieces of={piece.children} />
        </s>
      )
    case 'link':
      return (
        <Link href={piece.href} host={piece.host} deceives={piece.deceives}>
          <Pieces of={piece.children} />
        </Link>
      )
  }
}

/** Hangul is not slanted. */
const isHangul = (piece: Inline): boolean =>
  'children' in piece ? piece.children.some(isHangul) : hangul.test(piece.text)

/** A line's pieces. Their text nodes are exactly their text. */
export const Pieces = ({ of }: { of: readonly Inline[] }) =>
  of.map((piece, index) => {
    if (piece.kind !== 'text') return <Piece key={index} piece={piece} />
    return index === of.length - 1 ? <Ending key={index} text={piece.text} /> : piece.text
  })
