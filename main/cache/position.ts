/** The order of `compareMessages` as SQL, written exactly as in the index `place`, so that SQLite reads pages along it. */
import type { MessagePosition } from '../../shared/contract/model.ts'

/** The server's offset; a message without one sorts last. */
export const numbered = `ifnull(messages."offset", ${Number.MAX_SAFE_INTEGER})`
/** The position of a row of `messages`, for comparison with {@link aPosition}. */
export const position = `(messages.sort_at, ${numbered}, messages.seq)`
/** Placeholders for the values of {@link positionValues}. */
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
