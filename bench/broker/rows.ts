/** The rows that `npm run bench:broker` prints, each as soon as it is measured. */
import { median, ratioOf, showRatio, type Ratio } from '../rounds.ts'

/** The value that a row has to reach. */
export interface Bar {
  text: string
  isMet: (ratio: Ratio, measured: readonly number[]) => boolean
}

export const atLeast = (bound: number): Bar => ({
  text: `at least ${bound}`,
  isMet: ratio => ratio.median >= bound,
})
export const atMost = (bound: number): Bar => ({
  text: `at most ${bound}`,
  isMet: ratio => ratio.median <= bound,
})
/** A bound on the figure itself, not on its ratio. */
export const noMoreThan = (bound: number, unit: string): Bar => ({
  text: `at most ${bound} ${unit}`,
  isMet: (_, measured) => median(measured) <= bound,
})

export interface Row {
  name: string
  /** The baseline's name. */
  against: string
  /** One figure a round. */
  measured: readonly number[]
  baseline: readonly number[]
  unit: string
  /** The same figures by processor time, which a busy machine disturbs less. */
  cpu?: { measured: readonly number[]; baseline: readonly number[] }
  bar?: Bar | undefined
}

/** Prints rows and collects the missed bars. */
export class Rows {
  readonly missed: string[] = []

  constructor() {
    console.log(`${''.padEnd(50)} ${'host'.padStart(9)} ${'against'.padStart(9)}`)
  }

  print({ name, against, measured, baseline, unit, cpu, bar }: Row): void {
    const ratio = ratioOf(measured, baseline)
    const figures = [measured, baseline].map(figure => median(figure).toFixed(1).padStart(9)).join(' ')
    const byCpu =
      cpu && !Number.isNaN(median(cpu.measured))
        ? `, by CPU ${showRatio(ratioOf(cpu.measured, cpu.baseline))}`
        : ''
    const verdict = bar ? `${bar.isMet(ratio, measured) ? 'ok' : 'MISSED'}: ${bar.text}` : 'no bar'
    console.log(
      `${name.padEnd(50)} ${figures} ${unit.padEnd(3)}  ${against.padEnd(22)} ratio ${showRatio(ratio)}${byCpu}; ${verdict}`,
    )
    if (bar?.isMet(ratio, measured) === false) this.missed.push(`${name} against ${against}`)
  }
}
