/** Finds mentions in a text: `@name`. */
import { fold, foldWithPlaces } from './fold.ts'

/** Korean endings that may follow a name: a title, then a particle (`@지우님이`, `@지우야`, `@지우랑은`). */
const titles = '님들 님 씨 군 양 쌤 선생님 선배님 선배'
const particles =
  '이 가 은 는 을 를 와 과 랑 하고 에게 에게서 한테 한테서 께 께서 의 도 만 나 야 아 라도 로 으로 보다 처럼 까지 부터 마저 조차'
const oneOf = (words: string): string => `(?:${words.replaceAll(' ', '|')})`
/** 이 links a name that ends in a consonant to the next particle: 민준이랑, 민준이도. */
const koreanSuffix = new RegExp(`^이?${oneOf(titles)}?이?${oneOf(particles)}{0,2}$`, 'u')
const hangulRun = /^\p{Script=Hangul}*/u
const wordBefore = /[\p{L}\p{N}_]$/u
const wordAfter = /^[\p{L}\p{M}\p{N}_]/u

const endsThere = (name: string, rest: string): boolean => {
  const run = hangulRun.exec(rest)?.[0] ?? ''
  if (run === '') return !wordAfter.test(rest)
  // After a name in another script no list is needed: the change of script ends the name.
  return /\p{Script=Hangul}$/u.test(name)
    ? koreanSuffix.test(run) && !wordAfter.test(rest.slice(run.length))
    : true
}

/** A range of a text, in UTF-16 units. */
export interface Mention {
  start: number
  end: number
}

/**
 * @param most the most mentions to find.
 * @returns the ranges where `text` contains `@name` as a word, compared like names; each with its `@`, without title and particle.
 */
export const mentionsIn = (text: string, name: string, most: number): Mention[] => {
  const sought = `@${fold(name).trim()}`
  // Most texts contain no mention; they end here.
  if (sought === '@' || !fold(text).includes(sought)) return []
  const folded = foldWithPlaces(text, fold)
  const found: Mention[] = []
  for (
    let at = folded.text.indexOf(sought);
    at !== -1 && found.length < most;
    at = folded.text.indexOf(sought, at + 1)
  ) {
    const end = at + sought.length
    if (wordBefore.test(folded.text.slice(0, at)) || !endsThere(sought, folded.text.slice(end))) continue
    found.push({ start: folded.starts[at] ?? 0, end: folded.ends[end - 1] ?? text.length })
  }
  return found
}
