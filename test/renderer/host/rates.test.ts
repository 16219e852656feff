import { expect, test } from 'vitest'
import { byteSize } from '../../../renderer/host/byte-size.ts'
import { ratesOf, scaleEnd, withMeasure } from '../../../renderer/host/rates.ts'
import { aMeasure } from '../../shared/contract/examples.ts'

const at = (time: number, messages = 0) => aMeasure({ at: time, messages })
const rates = (...measures: [at: number, messages: number][]) =>
  ratesOf(
    measures.map(([time, messages]) => at(time, messages)),
    measure => measure.messages,
  )

test('a rate is what came since the measure before, by the time that passed', () => {
  expect(rates()).toEqual([])
  expect(rates([5_000, 9])).toEqual([])
  expect(rates([5_000, 9], [6_000, 12], [8_000, 13])).toEqual([
    { ago: 2_000, perSecond: 3 },
    { ago: 0, perSecond: 0.5 },
  ])
})

test('the last minute is kept, and nothing of a box that has been started anew', () => {
  const times = (measures: readonly { at: number }[]) => measures.map(measure => measure.at)
  const all = Array.from({ length: 100 }, (_, second) => at(second * 1_000))
  const kept = all.reduce(withMeasure, [])
  expect(kept).toHaveLength(61)
  expect(times(kept).slice(0, 2)).toEqual([39_000, 40_000])
  expect(times(withMeasure(kept, at(500_000)))).toEqual([500_000])
  expect(times(withMeasure(kept, at(20)))).toEqual([20])
})

test.each([
  [0, 2],
  [1, 2],
  [2, 2],
  [2.1, 4],
  [9.5, 10],
  [10, 20],
  [38, 40],
  [41, 60],
  [99, 100],
  [1_234, 2_000],
])('a scale for %d ends at %d', (most, end) => {
  expect(scaleEnd(most)).toBe(end)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [12_345, '12 kB'],
  [1_500_000, '1.5 MB'],
  [38_400_000, '38 MB'],
  [2e12, '2,000 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteSize('en', bytes)).toBe(text)
})
