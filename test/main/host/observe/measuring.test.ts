import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMeasuring } from '../../../../main/host/observe/measuring.ts'
import { aMeasure } from '../../../shared/contract/examples.ts'
import { silentLog } from '../../broker/log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const start = () => {
  const measured = vi.fn((at: number) => aMeasure({ at }))
  const errors: string[] = []
  const log = { ...silentLog, error: (event: string) => errors.push(event) }
  return { measured, errors, measuring: createMeasuring(measured, log) }
}
/** Milliseconds from one measure to the next. */
const steps = (times: number[]): number[] => times.slice(1).map((at, index) => at - (times[index] ?? 0))

test('measures at once and then every second, only while there are listeners', () => {
  const { measured, measuring } = start()
  vi.advanceTimersByTime(5_000)
  expect(measured).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
  const times: number[] = []
  const leave = measuring.onMeasured(({ at }) => times.push(at))
  expect(times).toHaveLength(1)
  vi.advanceTimersByTime(3_000)
  expect(steps(times)).toEqual([1_000, 1_000, 1_000])
  leave()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(5_000)
  expect(measured).toHaveBeenCalledTimes(4)
})

test('many listeners share one measurement', () => {
  const { measured, measuring } = start()
  const [one, two] = [vi.fn(), vi.fn()]
  const leave = measuring.onMeasured(one)
  measuring.onMeasured(two)
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 1])
  vi.advanceTimersByTime(1_000)
  expect(measured).toHaveBeenCalledTimes(3)
  leave()
  vi.advanceTimersByTime(1_000)
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([2, 3])
  measuring.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('a failed measurement is logged, and the next one is attempted', () => {
  const { measured, measuring, errors } = start()
  const listener = vi.fn()
  measured.mockImplementationOnce(() => {
    throw new Error('the disk is gone')
  })
  measuring.onMeasured(listener)
  expect(listener).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(listener).toHaveBeenCalledOnce()
  expect(errors).toEqual(['host not measured'])
})
