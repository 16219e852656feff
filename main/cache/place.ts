/** The order of `compareMessages` as SQL, in the very words of the index `place`, so that pages are walks along it. */
import type { MessagePlace } from '../../shared/contract/model.ts'

/** The server's offset; what has none counts as the last. */
export const numbered = `ifnull(messages."offset", ${Number.MAX_SAFE_INTEGER})`
/** Where a message of the table stands in its room; to be compared with {@link aPlace}. */
export const place = `(messages.sort_at, ${numbered}, messages.seq)`
/** Takes the three values of {@link placeValues}. */
export const aPlace = '(?, ?, ?)'
export const oldestFirst = `messages.sort_at, ${numbered}, messages.seq`
export const newestFirst = `messages.sort_at DESC, ${numbered} DESC, messages.seq DESC`

export const placeColumns = 'messages.sort_at AS sortAt, messages."offset", messages.seq'

export type PlaceValues = [sortAt: number, offset: number, seq: number]

export const placeValues = ({ sortAt, offset, seq }: MessagePlace): PlaceValues => [
  sortAt,
  offset ?? Number.MAX_SAFE_INTEGER,
  seq,
]
