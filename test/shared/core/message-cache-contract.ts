/** What every {@link MessageCache} has to do, whatever it is made of: run it with the cache that you are building. */
import { afterEach, beforeEach, describe } from 'vitest'
import { roomIdSchema } from '../../../shared/contract/model.ts'
import { arrivalContract } from './message-cache/arrival-contract.ts'
import { home, server, type Box, type OpenedCache } from './message-cache/fixtures.ts'
import { listingContract } from './message-cache/listing-contract.ts'
import { outboxContract } from './message-cache/outbox-contract.ts'
import { removalContract } from './message-cache/removal-contract.ts'
import { roomsContract } from './message-cache/rooms-contract.ts'

/**
 * Registers the suite.
 * @param open opens an empty cache for one test; it is closed after it.
 */
export const messageCacheContract = (name: string, open: () => Promise<OpenedCache>): void => {
  describe(`${name} as a MessageCache`, () => {
    let opened: OpenedCache
    const box: Box = {
      get cache() {
        return opened.cache
      },
      async reopen() {
        opened.cache = await opened.reopen()
      },
      async idsIn(room) {
        return (await box.cache.listMessages({ room, limit: 200 })).messages.map(message => message.id)
      },
      async roomNow(key) {
        return (await box.cache.load()).rooms.find(room => room.key === key)
      },
    }

    beforeEach(async () => {
      opened = await open()
      await box.cache.saveServer(server(home))
      for (const roomId of ['general', 'random']) {
        await box.cache.saveRoom({
          serverId: home,
          roomId: roomIdSchema.parse(roomId),
          name: roomId,
          kind: 'public',
          topic: '',
          personId: null,
          joined: true,
          absence: null,
          archived: false,
        })
      }
    })
    afterEach(() => box.cache.close())

    roomsContract(box)
    arrivalContract(box)
    removalContract(box)
    outboxContract(box)
    listingContract(box)
  })
}
