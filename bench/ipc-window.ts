/** Stands for the window in `ipc.ts`: says that it is there, and then each time that it has got all events. */
import type { EventBatch } from '../shared/contract/api.ts'

const total = Number(process.argv[2])
let count = 0
process.on('message', (batch: EventBatch) => {
  count += batch.events.length
  if (count < total) return
  count -= total
  process.send?.('all')
})
process.send?.('ready')
