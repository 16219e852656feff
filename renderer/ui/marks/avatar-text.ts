/** The text and the hue of an avatar. */
import { compose } from '../../../shared/text/compose.ts'

/** Family names of two syllables; every other Korean family name has one. */
const compoundFamilyNames = ['남궁', '황보', '제갈', '사공', '선우', '서문', '독고', '동방', '어금', '망절']

const hangulName = /^[가-힣]{2,6}$/u

const firstLetter = (word: string): string => /[\p{L}\p{N}]/u.exec(word)?.[0].toUpperCase() ?? ''

const wordsOf = (text: string): string[] => text.split(/[\s._-]+/u).filter(word => firstLetter(word) !== '')

/** @returns the given name of a Korean name (`박지우` → `지우`); the whole name where it is too short for a family name. */
const givenName = (name: string): string => {
  const family = compoundFamilyNames.find(candidate => name.startsWith(candidate))
  return name.slice(name.length < 3 ? 0 : name.length > 3 && family ? 2 : 1)
}

/**
 * @param size how many letters fit: two, or one in an avatar of 24 px or less.
 * @returns syllables of a Korean given name, or initials of any other name.
 */
export const avatarText = (name: string, size: 1 | 2): string => {
  const plain = compose(name).trim()
  if (hangulName.test(plain)) {
    return plain.length === 2 && size === 1 ? plain.slice(1) : givenName(plain).slice(0, size)
  }
  const words = wordsOf(plain)
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return '?'
  return size === 1 || words.length === 1 ? firstLetter(first) : firstLetter(first) + firstLetter(last)
}

/** An IPv4 address, with or without a port; on one network only its last number differs. */
const lastOfAddress = /^(?:\d{1,3}\.){3}(\d{1,3})(?::\d+)?$/

/** @returns the text on a server's tile: two syllables, two initials, two letters, or the last number of an address. */
export const tileText = (name: string): string => {
  const [, last] = lastOfAddress.exec(name.trim()) ?? []
  if (last !== undefined) return last
  const words = wordsOf(compose(name))
  const [first] = words
  if (first === undefined) return '?'
  if (/^[가-힣]/u.test(first)) return first.slice(0, 2)
  if (words.length > 1) return avatarText(name, 2)
  return firstLetter(first) + first.slice(1, 2)
}

/** @returns a hue number from 1 to 8, always the same for one seed: FNV-1a, and the first step of MurmurHash3's finalizer, because FNV's own bits mix badly. */
export const hueOf = (seed: string): number => {
  let hash = 0x811c9dc5
  for (const unit of seed) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193)
  return (Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 29) + 1
}
