import { expect, onTestFinished, test } from 'vitest'
import type { Step } from '../../../main/host/history/steps.ts'
import { contents, person, startHost, type Talker } from './fixture.ts'
import { startPaused } from './start-paused.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Where a host is killed, and after how many of these steps; a batch of messages is stored and committed as one. */
const deaths: [step: Step | 'none', count: number][] = [
  ['received', 12],
  ['stored', 4],
  ['committed', 4],
  ['broadcast', 12],
  // After the RECEIPT: the sender has seen it.
  ['none', 0],
]

test('a host that is killed at any step has every message that it gave a RECEIPT for, once', async () => {
  const dataDir = temporaryFolder()
  const confirmed = new Set<string>()
  const sent: string[] = []
  const say = (ada: Talker, id: string): Promise<void> =>
    ada.send('/app/chat/message', { roomId: 'general', id, content: id }).then(() => void confirmed.add(id))
  /** As an outbox does: what has no RECEIPT goes out again, under the same id. */
  const sayAgain = async (ada: Talker): Promise<void> => {
    await Promise.all(sent.filter(id => !confirmed.has(id)).map(id => say(ada, id)))
  }

  for (const [step, count] of deaths) {
    const host = await startPaused(dataDir, step, count)
    onTestFinished(() => host.kill())
    const ada = await person(host.ws, 'Ada')
    await ada.subscribe('/topic/room.general')
    void sayAgain(ada)
    for (let index = 0; index < 6; index += 1) {
      for (const part of ['a', 'b', 'c']) sent.push(`${step} ${index}${part}`)
      const three = Promise.all(sent.slice(-3).map(id => say(ada, id)))
      if (await Promise.race([three.then(() => false), host.paused])) break
    }
    if (step !== 'none') await host.paused
    await host.kill()
    await ada.client.deactivate()
  }

  const { ws } = await startHost({ dataDir })
  const ada = await person(ws, 'Ada')
  expect(confirmed.size).toBeGreaterThan(deaths.length * 3)
  const heard = await ada.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  const before = new Set(confirmed)
  await sayAgain(ada)
  await say(ada, 'last')
  await expect.poll(() => contents(heard).at(-1)).toBe('last')
  const kept = contents(heard)
  expect(kept).toEqual(expect.arrayContaining([...before]))
  expect(kept.toSorted()).toEqual([...sent, 'last'].toSorted())
  expect(heard.map(({ headers }) => Number(headers['x-stream-offset']))).toEqual(
    kept.map((_, index) => index),
  )
})
