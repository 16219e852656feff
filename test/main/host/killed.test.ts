import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { Step } from '../../../main/host/history/steps.ts'
import { z } from 'zod'
import { contents, person, startHost, type Talker } from './fixture.ts'
import { temporaryFolder } from './temporary-folder.ts'

const program = fileURLToPath(new URL('paused-host.ts', import.meta.url))
const preload = new URL('pause-at-step.ts', import.meta.url).href

/** @returns a host that stands still when the step comes for the `count`th time. */
const startPaused = async (dataDir: string, step: Step | 'none', count: number) => {
  const child = spawn(process.execPath, ['--import', preload, program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PAUSE_STEP: step, PAUSE_COUNT: String(count) },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = createInterface(child.stdout)
  const [ws] = z.tuple([z.string()]).parse(await once(output, 'line'))
  /** Resolves when it stands still. */
  const paused = once(output, 'line').then(() => true)
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { ws, paused, kill }
}

/** Where a host is killed, and after how many of these steps; a batch of messages is stored and committed as one. */
const deaths: [step: Step | 'none', count: number][] = [
  ['received', 12],
  ['stored', 4],
  ['committed', 4],
  ['broadcast', 12],
  // After the RECEIPT: the sender has seen it.
  ['none', 0],
]

test(
  'a host that is killed at any step has every message that it gave a RECEIPT for, once',
  { timeout: 60_000 },
  async () => {
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
  },
)
