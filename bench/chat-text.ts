/** Realistic chat texts, the same in every run. */
const syllables = Array.from(
  '가나다라마바사아자차카타파하녕세요출시준비회의오늘내일점심메시지확인부탁드립니다감사',
)
const latin = ['release', 'deploy', 'hello', 'ok', 'server', 'test', 'https', 'pull', 'request', 'v2']

/** @returns a random number generator (from 0 up to 1) with a seed (xorshift32). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** @returns `count` messages of 3 to 14 words, a quarter of which are Latin. */
export const chatTexts = (count: number, seed = 42): string[] => {
  const random = randomFrom(seed)
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  const below = (limit: number): number => Math.floor(random() * limit)
  const word = (): string =>
    random() < 0.25 ? pick(latin) : Array.from({ length: 2 + below(3) }, () => pick(syllables)).join('')
  return Array.from({ length: count }, () => Array.from({ length: 3 + below(12) }, word).join(' '))
}
