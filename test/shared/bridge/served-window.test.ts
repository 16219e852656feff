import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AppEvent } from '../../../shared/contract/api.ts'
import { aRoom, aMessage, stored } from '../contract/examples.ts'
import { serving } from './serving.ts'

const focus: AppEvent = { name: 'windowChanged', payload: { focused: true, maximized: false } }
const snapshot = { name: 'getSnapshot', input: {} }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('with a desktop around it a window has both halves', async () => {
  const { served } = serving()
  expect(await served.call(snapshot)).toMatchObject({
    value: { messenger: { person: { name: '박지우' } }, desktop: { platform: 'linux' }, seq: 0 },
  })
  expect(await served.call({ name: 'setPerson', input: { name: 'A' } })).toMatchObject({ ok: true })
  expect(await served.call({ name: 'stopHost', input: {} })).toMatchObject({ ok: true })
})

test('without one it has the messenger’s half, and the commands of the other are unknown', async () => {
  const { served } = serving({ desktop: null })
  expect(await served.call(snapshot)).toMatchObject({
    value: { messenger: { person: { name: '박지우' } }, desktop: null },
  })
  expect(await served.call({ name: 'setPerson', input: { name: 'A' } })).toMatchObject({ ok: true })
  expect(await served.call({ name: 'stopHost', input: {} })).toMatchObject({
    ok: false,
    error: { code: 'command-unknown' },
  })
})

test('events go to the window after the snapshot that it starts from', async () => {
  const { served, sent } = serving()
  served.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
  await served.call(snapshot)
  served.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([{ first: 1, events: [focus] }])
})

test('what the desktop tells when the snapshot is taken comes after it', async () => {
  const { served, sent } = serving({ desktop: { opened: () => served.emit([focus]) } })
  expect(await served.call(snapshot)).toMatchObject({ value: { seq: 0 } })
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([{ first: 1, events: [focus] }])
})

test('a page that is gone gets nothing more; the next one begins with nothing that it has not asked for', async () => {
  const { served, sent } = serving()
  const { key: room } = aRoom('general')
  await served.call(snapshot)
  await served.call({ name: 'holdRooms', input: { rooms: [room] } })
  served.pageGone()
  served.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
  await served.call(snapshot)
  served.emit([stored(aMessage(1))])
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual([])
})
