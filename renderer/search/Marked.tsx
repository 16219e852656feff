import type { Piece } from './marks.ts'
import styles from './Marked.module.css'

/** A text with highlighted parts. */
export const Marked = ({ pieces }: { pieces: readonly Piece[] }) =>
  pieces.map((piece, index) =>
    piece.marked ? (
      <mark key={index} className={styles.mark}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  )
