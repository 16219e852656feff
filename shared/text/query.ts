/** What somebody looks for: the words of a query. The index of the search and the marks in what it finds go by the same words. */
import { foldForSearch } from './fold.ts'
import { endsInHangul } from './hangul.ts'

/** What was looked for. */
export interface Sought {
  query: string
  /** Whether its last syllable was still being typed. */
  isComposing: boolean
}

/** FTS5 ends its expression at a NUL. */
const separators = /[\s\p{Cc}]+/u

/** The words that a text has to hold, folded, and the one of them that is still being typed. */
export interface QueryWords {
  whole: string[]
  /** The beginning of a word, of whose last syllable more may come. */
  growing: string | null
}

export const wordsOf = ({ query, isComposing }: Sought): QueryWords => {
  const whole = foldForSearch(query).split(separators).filter(Boolean)
  const last = whole.at(-1)
  return isComposing && last !== undefined && endsInHangul(last)
    ? { whole: whole.slice(0, -1), growing: last }
    : { whole, growing: null }
}
