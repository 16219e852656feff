/** Stands in for the window in `ipc.ts`: reports when it is ready, and each time it has received all events. */
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
