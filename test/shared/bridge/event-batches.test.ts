import { beforeEach, afterEach, expect, test, vi } from 'vitest'
import { clock } from '../../../main/app/clock.ts'
import { createEventBatches } from '../../../shared/bridge/event-batches.ts'
import type { AppEvent, EventBatch } from '../../../shared/contract/api.ts'

const focus = (focused: boolean): AppEvent => ({
  name: 'windowChanged',
  payload: { focused, maximized: false },
})
const search: AppEvent = { name: 'actionRequested', payload: { action: 'openSearch' } }

const sentBy = (options: { limit?: number } = {}) => {
  const sent: EventBatch[] = []
  return {
    sent,
    batches: createEventBatches({ send: batch => sent.push(batch), after: clock.after, ...options }),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('gathers what comes within 16 ms into one batch, numbered from 1', () => {
  const { sent, batches } = sentBy()
  expect(batches.open()).toBe(0)
  batches.push(focus(true))
  vi.advanceTimersByTime(10)
  batches.push(focus(false))
  expect(sent).toEqual([])
  vi.advanceTimersByTime(6)
  expect(sent).toEqual([{ first: 1, events: [focus(true), focus(false)] }])
  batches.push(search)
  vi.advanceTimersByTime(16)
  expect(sent[1]).toEqual({ first: 3, events: [search] })
})

test('sends a hundred at once, without waiting', () => {
  const { sent, batches } = sentBy()
  batches.open()
  for (let i = 0; i < 250; i++) batches.push(focus(true))
  expect(sent.map(({ first, events }) => [first, events.length])).toEqual([
    [1, 100],
    [101, 100],
  ])
  vi.advanceTimersByTime(16)
  expect(sent[2]?.first).toBe(201)
  expect(sent[2]?.events).toHaveLength(50)
})

test('keeps what no snapshot tells for a window that is not there yet, and leaves the rest to the snapshot', () => {
  const { sent, batches } = sentBy()
  batches.push(focus(true))
  batches.push(search)
  vi.advanceTimersByTime(100)
  expect(sent).toEqual([])
  expect(batches.open()).toBe(0)
  vi.advanceTimersByTime(16)
  expect(sent).toEqual([{ first: 1, events: [search] }])
})

test('a snapshot swallows the state that was on its way', () => {
  const { sent, batches } = sentBy()
  batches.open()
  batches.push(focus(true))
  expect(batches.open()).toBe(0)
  vi.advanceTimersByTime(16)
  expect(sent).toEqual([])
})

test('numbers go on where a window is closed and another one opens', () => {
  const { sent, batches } = sentBy()
  batches.open()
  batches.push(focus(true))
  vi.advanceTimersByTime(16)
  batches.push(focus(false))
  batches.close()
  vi.advanceTimersByTime(16)
  expect(sent).toHaveLength(1)
  expect(batches.open()).toBe(1)
  batches.push(focus(true))
  vi.advanceTimersByTime(16)
  expect(sent[1]).toEqual({ first: 2, events: [focus(true)] })
})

test('holds back while the window hangs, and goes on without a gap', () => {
  const { sent, batches } = sentBy()
  batches.open()
  batches.hold()
  for (let i = 0; i < 150; i++) batches.push(focus(true))
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual([])
  batches.resume()
  expect(sent.map(({ first, events }) => [first, events.length])).toEqual([
    [1, 100],
    [101, 50],
  ])
})

test('a window that hangs for too long finds a gap, and gets by a new snapshot what the snapshot does not tell', () => {
  const { sent, batches } = sentBy({ limit: 20 })
  batches.open()
  batches.push(focus(true))
  vi.advanceTimersByTime(16)
  batches.hold()
  for (let i = 0; i < 30; i++) batches.push(focus(true))
  batches.push(search)
  batches.resume()
  const gap = sent[1]
  expect(gap?.events).toEqual([])
  expect(gap?.first).toBeGreaterThan(2)
  const seq = batches.open()
  expect(seq).toBe(gap && gap.first - 1)
  vi.advanceTimersByTime(16)
  expect(sent[2]).toEqual({ first: seq + 1, events: [search] })
})

test('a window that is out of date finds a gap, and gets what follows after its snapshot', () => {
  const { sent, batches } = sentBy()
  batches.outdate()
  expect(sent).toEqual([])
  batches.open()
  batches.push(focus(true))
  batches.outdate()
  expect(sent).toEqual([{ first: 2, events: [] }])
  vi.advanceTimersByTime(1000)
  expect(sent).toHaveLength(1)
  expect(batches.open()).toBe(1)
  batches.push(focus(false))
  vi.advanceTimersByTime(16)
  expect(sent[1]).toEqual({ first: 2, events: [focus(false)] })
  batches.hold()
  batches.outdate()
  batches.resume()
  expect(sent[2]).toEqual({ first: 4, events: [] })
})

test('what waits for a window that never comes stays bounded', () => {
  const { sent, batches } = sentBy({ limit: 200 })
  for (let i = 0; i < 1000; i++) batches.push(search)
  batches.open()
  vi.advanceTimersByTime(16)
  expect(sent.reduce((sum, { events }) => sum + events.length, 0)).toBeLessThanOrEqual(200)
})

test('resuming a window that was not held sends nothing', () => {
  const { sent, batches } = sentBy()
  batches.resume()
  batches.open()
  batches.resume()
  vi.advanceTimersByTime(16)
  expect(sent).toEqual([])
})
