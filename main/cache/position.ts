/** The order of `compareMessages` as SQL, in the very words of the index `place`, so that pages are walks along it. */
import type { MessagePosition } from '../../shared/contract/model.ts'

/** The server's offset; what has none counts as the last. */
export const numbered = `ifnull(messages."offset", ${Number.MAX_SAFE_INTEGER})`
/** Where a message of the table stands in its room; to be compared with {@link aPosition}. */
export const position = `(messages.sort_at, ${numbered}, messages.seq)`
/** Takes the three values of {@link positionValues}. */
export const aPosition = '(?, ?, ?)'
export const oldestFirst = `messages.sort_at, ${numbered}, messages.seq`
export const newestFirst = `messages.sort_at DESC, ${numbered} DESC, messages.seq DESC`

export const positionColumns = 'messages.sort_at AS sortAt, messages."offset", messages.seq'

export type PositionValues = [sortAt: number, offset: number, seq: number]

export const positionValues = ({ sortAt, offset, seq }: MessagePosition): PositionValues => [
  sortAt,
  offset ?? Number.MAX_SAFE_INTEGER,
  seq,
]
