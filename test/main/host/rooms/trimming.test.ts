import { expect, onTestFinished, test, vi } from 'vitest'
import { openHistory } from '../../../../main/host/history/history.ts'
import { keepAll } from '../../../../main/host/history/retention.ts'
import { Rooms } from '../../../../main/host/rooms/rooms.ts'
import { keepTrimmed } from '../../../../main/host/rooms/trimming.ts'
import { silentLog } from '../../broker/log.ts'
import { logWorker } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { until } from '../../../shared/core/until.ts'

test('an empty direct room is deleted after a month, even with listeners', async () => {
  const history = openHistory({ folder: temporaryFolder(), keepFree: 0, logWorker, log: silentLog })
  onTestFinished(() => history.close())
  await history.ready()
  const rooms = new Rooms({
    directory: history.directory,
    content: await history.directory.read(),
    now: () => 0,
    elapsed: () => 0,
    isEmpty: () => true,
  })
  await rooms.open('general')
  await rooms.create({ name: 'Plans', topic: '', kind: 'public', ownerId: 'ada', address: '127.0.0.1' })
  const { room: empty } = await rooms.direct('ada', 'bob', '127.0.0.1')
  const { room: used } = await rooms.direct('ada', 'cho', '127.0.0.1')
  const removed: string[] = []
  const month = 30 * 24 * 60 * 60 * 1_000
  const trim = async (now: number) => {
    const purge = vi.spyOn(history.log, 'purge').mockClear()
    const stop = keepTrimmed({
      messages: history.log,
      rooms,
      isEmpty: roomId => roomId !== used.roomId,
      keep: keepAll,
      isHeard: () => true,
      sweepFiles: () => Promise.resolve(),
      remove: room => Promise.resolve(void removed.push(room.roomId)),
      now: () => now,
      log: silentLog,
    })
    onTestFinished(stop)
    await until(() => purge.mock.results.length > 0)
    await stop()
  }
  await trim(month)
  expect(removed).toEqual([])
  await trim(month + 1)
  expect(removed).toEqual([empty.roomId])
})

test('after its end, nothing is deleted any more', async () => {
  const history = openHistory({ folder: temporaryFolder(), keepFree: 0, logWorker, log: silentLog })
  const errors: string[] = []
  const rooms = new Rooms({
    directory: history.directory,
    content: await history.directory.read(),
    now: () => 0,
    elapsed: () => 0,
    isEmpty: () => true,
  })
  await rooms.open('general')
  const stop = keepTrimmed({
    messages: history.log,
    rooms,
    isEmpty: () => true,
    keep: keepAll,
    isHeard: () => true,
    sweepFiles: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    now: () => 0,
    log: { info: () => undefined, error: event => errors.push(event) },
  })
  await stop()
  await history.close()
  await new Promise(resolve => setImmediate(resolve))
  expect(errors).toEqual([])
})
