/** A thread that opens the real cache and dies as soon as it is asked something for the second time. */
import { parentPort } from 'node:worker_threads'

let asked = 0
parentPort?.on('message', () => {
  asked += 1
  if (asked === 2) throw new Error('out of order')
})
await import('../../../main/cache/worker.ts')
