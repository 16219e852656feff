/**
 * Round trips between the window and the app's main thread, while the host on its thread is idle and under full load.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { measureFanout } from './broker/load.ts'
import { roomTalk } from './broker/talk.ts'
import { percentile } from './percentile.ts'

/** @returns 95th percentiles of the round trip in milliseconds, and the host's deliveries a second under load. */
export const measureRoundTrip = async (
  seconds = 3,
): Promise<{ idle: number; flatOut: number; deliveries: number }> => {
  const window = fork(new URL('./broker/pinging-window.ts', import.meta.url), { serialization: 'advanced' })
  const [port] = z
    .tuple([z.number()])
    .rest(z.unknown())
    .parse(await once(window, 'message'))
  const p95 = async (): Promise<number> => {
    window.send('tell')
    const [times] = z
      .tuple([z.array(z.number())])
      .rest(z.unknown())
      .parse(await once(window, 'message'))
    return percentile(times, 0.95) / 1000
  }
  await roomTalk.prepare(port, 1)
  window.send('forget')
  await sleep(1_000)
  const idle = await p95()
  // Ten subscribers cost the load client little, so that the host can use a whole core.
  const load = { subscribers: 10, topics: 1, seconds, talk: roomTalk }
  const { perSecond: deliveries } = await measureFanout({ port }, load)
  const flatOut = await p95()
  window.disconnect()
  return { idle, flatOut, deliveries }
}
