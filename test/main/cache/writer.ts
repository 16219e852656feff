/** A program of its own that writes into the cache without an end and says what has been answered. Its argument is the file. */
import { openCache } from '../../../main/cache/client.ts'
import { general, home, kept, mine, server } from '../../shared/core/message-cache/fixtures.ts'
import { aRoom, workerUrl } from './writing.ts'

const { cache } = await openCache({ file: process.argv[2] ?? '', worker: workerUrl })
await cache.saveServer(server(home))
await cache.saveRoom(aRoom('general'))
for (let n = 0; ; n++) {
  const batch = Array.from({ length: 20 }, (_, each) =>
    kept(`in${n * 20 + each}`, n * 20 + each, n * 20 + each),
  )
  const written = await Promise.all([
    cache.storeMessages(batch),
    cache.queueMessage(mine(`out${n}`, n, { room: general })),
  ])
  const ids = written.flatMap(({ changed }) => changed.map(({ message }) => message.id))
  process.stdout.write(`${ids.join('\n')}\n`)
}
