/** Topic wildcards as in RabbitMQ: words are separated by dots, `*` matches one word, `#` any number of words. */

const isWildcard = (word: string): boolean => word === '*' || word === '#'

/** @returns whether the destination of a SUBSCRIBE contains wildcards. */
export const isPattern = (destination: string): boolean =>
  destination.startsWith('/topic/') &&
  /[*#]/.test(destination) &&
  destination.slice('/topic/'.length).split('.').some(isWildcard)

const matchFrom = (pattern: readonly string[], words: readonly string[]): boolean => {
  // The index of the last `#` and of the words that it has matched: it matches one more when the rest does not fit.
  let [at, word, hash, taken] = [0, 0, -1, 0]
  while (word < words.length) {
    if (pattern[at] === '#') {
      hash = at++
      taken = word
    } else if (at < pattern.length && (pattern[at] === '*' || pattern[at] === words[word])) {
      at++
      word++
    } else if (hash >= 0) {
      at = hash + 1
      word = ++taken
    } else return false
  }
  while (pattern[at] === '#') at++
  return at === pattern.length
}

/** @returns a test of destinations against a pattern. Its time is at most the product of their lengths. */
export const matcher = (pattern: string): ((destination: string) => boolean) => {
  const words = pattern.split('.')
  const [first = ''] = words
  // The first word starts with `/topic/`.
  const prefix = first.slice(0, first.lastIndexOf('/') + 1)
  words[0] = first.slice(prefix.length)
  return destination =>
    destination.startsWith(prefix) && matchFrom(words, destination.slice(prefix.length).split('.'))
}
