/** Whether work on foreign text grows with the text or with its square. */
import { expect } from 'vitest'

/** Shorter work is mostly noise. Milliseconds. */
const measurable = 3
/** For four times the text: linear work takes four times as long, quadratic work sixteen times. */
const mostGrowth = 9
/** Work that grows with the square takes seconds on so much text. UTF-16 units. */
const longest = 128 * 1024
/** Another program that shares the processor's caches, or a collection of garbage, may slow the work down for a while; not every time. */
const attempts = 5

/** The processor time that this thread spends on `work`, in milliseconds: waiting for a processor that others have is not in it. */
const timeOf = (work: () => unknown): number => {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

/**
 * Doubles the text until the work on it can be measured, then compares it with the work on four times as much. Work that can't be measured
 * on the longest text passes.
 * @param make the hostile text, which grows in proportion to `size`.
 */
export const expectLinear = (work: (text: string) => unknown, make: (size: number) => string): void => {
  const measure = (size: number, runs = 3): number => {
    const text = make(size)
    return Math.min(...Array.from({ length: runs }, () => timeOf(() => work(text))))
  }
  let size = 250
  while (measure(size, 1) < measurable || measure(size) < measurable) {
    size *= 2
    if (make(size * 4).length > longest) return
  }
  let growth = Infinity
  for (let attempt = 0; attempt < attempts && growth >= mostGrowth; attempt++) {
    growth = measure(size * 4) / Math.max(measure(size), measurable)
  }
  expect(growth, `work on ${make(size).length} units, then on four times as many`).toBeLessThan(mostGrowth)
}

const marks = (size: number): string => '\u0301'.repeat(size) + '\u0316'.repeat(size)

/** Texts that have held programs up, by what repeats in them. Each grows in proportion to its size. */
export const hostileTexts: readonly [what: string, make: (size: number) => string][] = [
  ['marks out of order', size => `a${marks(size)}`],
  ['marks in alternation', size => '\u0301\u0316'.repeat(size)],
  ['half-width sound marks among others', size => '\uff9e\u0316'.repeat(size)],
  ['marks on every letter', size => `e${marks(20)}`.repeat(size / 10)],
  ['one letter', size => 'a'.repeat(size)],
  ['spaces', size => ' '.repeat(size)],
  ['spaces before a letter', size => `${' '.repeat(size)}a`],
  ['line breaks', size => '\n'.repeat(size)],
  ['Hangul', size => '가'.repeat(size)],
  ['Hangul in letters', size => '\u1112\u1161\u11ab'.repeat(size)],
  ['kana', size => 'ｶﾞ'.repeat(size)],
  ['Han', size => '文'.repeat(size)],
  ['mentions', size => '@지우'.repeat(size)],
  ['mentions in Latin', size => '@kim'.repeat(size)],
  ['words with mentions', size => 'a@지우개 '.repeat(size)],
  ['signs', size => '@'.repeat(size)],
  ['addresses', size => 'https://a.b/c '.repeat(size)],
  ['addresses in one', size => 'https://a.b/c'.repeat(size)],
  ['one long address', size => `https://a.b/${'c'.repeat(size)}`],
  ['one long host', size => `https://${'가'.repeat(size)}.kr`],
  ['digits in a host', size => `https://${'0'.repeat(size)}.가_.kr`],
  ['recipients', size => `mailto:${Array.from({ length: size / 10 }, (_, n) => `a@${n}.kr`).join(',')}`],
  ['schemes', size => 'https://'.repeat(size)],
  ['brackets opened', size => `https://a.b/${'('.repeat(size)}`],
  ['brackets closed', size => `https://a.b/${')'.repeat(size)}`],
  ['full stops', size => `https://a.b/${'.'.repeat(size)}`],
  ['particles', size => `https://a.b/c${'에서'.repeat(size)}`],
  ['emoji', size => '👩‍🚀'.repeat(size)],
  ['emoji after spaces', size => ' 🎉'.repeat(size)],
  ['halves of pairs', size => '\ud83d'.repeat(size)],
  ['invisible marks', size => '\u200b'.repeat(size)],
  ['right to left', size => 'שלום '.repeat(size)],
  ['capital sigmas', size => 'Σ\u0301'.repeat(size)],
]
