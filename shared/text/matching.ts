/** Finds the words of a query in a text: for highlighting, and for finding rooms by name. */
import { foldForSearch, foldWithPlaces } from './fold.ts'
import { endingsOf } from './hangul.ts'
import { wordsOf, type Sought } from './query.ts'

/** The kind of text: content of messages, or names, where ㅎㅇㅅ finds 회의실. */
export type Searched = 'content' | 'name'

/** A range of a text, in UTF-16 units. */
export type Stretch = [start: number, end: number]

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
const consonant = /^[ㄱ-ㅎ]$/u

/** @returns a pattern for the characters that an unfinished syllable or an initial may stand for. */
const anyEnding = (character: string): string =>
  `(?:${endingsOf(character)
    .map(({ stem, from, to }) => `${Array.from(stem, escaped).join('')}[${escaped(from)}-${escaped(to)}]`)
    .join('|')})`

/** @returns patterns of the words, including the forms that an unfinished word may take. */
const patternsOf = (sought: Sought, searched: Searched): RegExp[] => {
  const characterPattern = (character: string): string =>
    searched === 'name' && consonant.test(character) ? anyEnding(character) : escaped(character)
  const { whole, growing } = wordsOf(sought)
  const sources = whole.map(word => Array.from(word, characterPattern).join(''))
  if (growing !== null) {
    const characters = Array.from(growing)
    const last = characters.pop() ?? ''
    sources.push(characters.map(characterPattern).join('') + anyEnding(last))
  }
  return sources.map(source => new RegExp(source, 'gu'))
}

/** @returns the index of the first word in a name; null if a word is missing. */
export const placeIn = (name: string, sought: Sought): number | null => {
  const { text, starts } = foldWithPlaces(name, foldForSearch)
  const places = patternsOf(sought, 'name').map(pattern => text.search(pattern))
  return places.length === 0 || places.includes(-1) ? null : (starts[Math.min(...places)] ?? null)
}

/** @returns the index of the first word in a message's text, in UTF-16 units; 0 where no word is found. */
export const firstMatch = (content: string, sought: Sought): number =>
  stretches(content, sought, 'content')[0]?.[0] ?? 0

/** @returns the ranges of `text` that the words cover, in order, without overlaps. */
export const stretches = (text: string, sought: Sought, searched: Searched): Stretch[] => {
  const folded = foldWithPlaces(text, foldForSearch)
  const found = patternsOf(sought, searched).flatMap(pattern =>
    Array.from(folded.text.matchAll(pattern), ({ index, 0: hit }): Stretch => [
      folded.starts[index] ?? 0,
      folded.ends[index + hit.length - 1] ?? text.length,
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
