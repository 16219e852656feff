/** Stands for the window: asks the process that has the host on a thread for an answer, again and again, and notes how long it takes. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { microseconds } from './stamp.ts'

/** Milliseconds from an answer to the next question. */
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
