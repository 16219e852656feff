/**
 * Stands in for the window: sends requests to the process that has the host on a thread, and records the time to each
 * answer.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { microseconds } from './stamp.ts'

/** The pause between an answer and the next request. Milliseconds. */
const pause = 2

const owner = fork(new URL('./thread-server.ts', import.meta.url), { serialization: 'advanced' })
let times: number[] = []
process.on('message', (request: 'forget' | 'tell') => {
  if (request === 'tell') process.send?.(times)
  times = []
})
process.once('disconnect', () => {
  owner.once('exit', () => process.exit())
  owner.disconnect()
})

owner.once('message', port => process.send?.(port))
await once(owner, 'message')
while (owner.connected) {
  const start = microseconds()
  owner.send('ping')
  await once(owner, 'message')
  times.push(microseconds() - start)
  await sleep(pause)
}
