/** Splits a search query into words. The search index and the highlighting use the same words. */
import { foldForSearch } from './fold.ts'
import { endsInHangul } from './hangul.ts'

/** A query as typed. */
export interface Sought {
  query: string
  /** Whether its last syllable is unfinished. */
  isComposing: boolean
}

/** FTS5 ends an expression at a NUL. */
const separators = /[\s\p{Cc}]+/u

/** The folded words that a text must contain, and the unfinished one. */
export interface QueryWords {
  whole: string[]
  /** The beginning of a word whose last syllable is unfinished. */
  growing: string | null
}

export const wordsOf = ({ query, isComposing }: Sought): QueryWords => {
  const whole = foldForSearch(query).split(separators).filter(Boolean)
  const last = whole.at(-1)
  return isComposing && last !== undefined && endsInHangul(last)
    ? { whole: whole.slice(0, -1), growing: last }
    : { whole, growing: null }
}
