/** Where the words of a search stand in a text: what was found is marked by it, and rooms are found by their names. */
import { endingsOf } from '../../shared/contract/hangul.ts'
import { compose } from '../../shared/text/compose.ts'

/** What was looked for. */
export interface Sought {
  query: string
  /** Whether its last syllable was still being typed. */
  isComposing: boolean
}

/** What is searched: the content of messages, or names, in which ㅎㅇㅅ finds 회의실. */
export type Searched = 'content' | 'name'

type Stretch = [start: number, end: number]

/** As the search sees a character: composed, small, without accents. Hangul syllables stay whole. */
const fold = (character: string): string =>
  compose(compose(character, 'NFD').replaceAll(/\p{M}/gu, '')).toLowerCase()

/** @returns the folded text, and for each of its units where that came from in `text`. */
const folded = (text: string): { text: string; from: number[] } => {
  let result = ''
  const from: number[] = []
  let at = 0
  for (const character of text) {
    const plain = fold(character)
    result += plain
    const start = at
    from.push(...plain.split('').map(() => start))
    at += character.length
  }
  from.push(at)
  return { text: result, from }
}

const consonant = /^[ㄱ-ㅎ]$/u

/** @returns patterns of the words; of what they may become where that is not settled. */
const patternsOf = ({ query, isComposing }: Sought, searched: Searched): RegExp[] => {
  const words = fold(query).split(/\s+/u).filter(Boolean)
  return words.map((word, index) => {
    const characters = Array.from(word)
    const growing = isComposing && index === words.length - 1 ? characters.length - 1 : -1
    const source = characters.map((character, at) =>
      at === growing || (searched === 'name' && consonant.test(character))
        ? `(?:${endingsOf(character)
            .map(({ stem, from, to }) => `${stem}[${from}-${to}]`)
            .join('|')})`
        : RegExp.escape(character),
    )
    return new RegExp(source.join(''), 'gu')
  })
}

/** @returns where in a name the first of the words stands; null where one of them is missing. */
export const placeIn = (name: string, sought: Sought): number | null => {
  const { text } = folded(name)
  const places = patternsOf(sought, 'name').map(pattern => text.search(pattern))
  return places.length === 0 || places.includes(-1) ? null : Math.min(...places)
}

/** @returns the stretches of `text` that the words cover, in order, none overlapping. */
export const stretches = (text: string, sought: Sought, searched: Searched): Stretch[] => {
  const haystack = folded(text)
  const found = patternsOf(sought, searched).flatMap(pattern =>
    [...haystack.text.matchAll(pattern)].map(({ index: at, 0: hit }): Stretch => [
      haystack.from[at] ?? 0,
      haystack.from[at + hit.length] ?? text.length,
    ]),
  )
  const merged: Stretch[] = []
  for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}
