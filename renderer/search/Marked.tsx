import type { Piece } from './marks.ts'
import styles from './Marked.module.css'

/** A text of which some pieces are marked. */
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
