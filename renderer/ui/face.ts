/** How a person looks without a picture: a syllable or two of the name, and a hue. */

/** Korean family names of two syllables that are in use. */
const longFamilyNames = ['남궁', '황보', '제갈', '사공', '선우', '서문', '독고', '동방', '어금', '망절']

const hueCount = 8
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), part => part.segment)

const givenName = (name: string): string => {
  if (name.length < 3) return name
  return name.slice(name.length > 3 && longFamilyNames.includes(name.slice(0, 2)) ? 2 : 1)
}

/**
 * @returns up to two characters that stand for `name`: of a Korean name the first two syllables of the given name
 * (서연 of 이서연), of several words the initials of the first and the last, else the first character.
 */
export const initialsOf = (name: string): string => {
  const words = name
    .normalize('NFC')
    .split(/[\s_]+/u)
    .filter(Boolean)
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : '']
  if (words.length === 1 && /^[가-힣]+$/u.test(first)) return givenName(first).slice(0, 2)
  const initials = [first, last].map(word => graphemesOf(word)[0] ?? '').join('')
  return initials.toLocaleUpperCase()
}

/** @returns the one character of {@link initialsOf} that fits into a small face. */
export const initialOf = (name: string): string => graphemesOf(initialsOf(name))[0] ?? ''

/** @returns a hue from 1 to 8, always the same for a name. FNV-1a over its UTF-16 units. */
export const hueOf = (name: string): number => {
  let hash = 0x811c9dc5
  for (const unit of name.normalize('NFC').split('')) {
    hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193)
  }
  return ((hash >>> 0) % hueCount) + 1
}
