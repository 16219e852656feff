import { createCacheRules } from '../../shared/cache/cache-rules.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import { createErasing } from './erasing.ts'
import type { KeptCache } from './kept-cache.ts'
import { createOutbox } from './outbox.ts'
import { createPages } from './pages.ts'
import { createPerson } from './person.ts'
import { startReindexing } from './reindexing.ts'
import { createRetention } from './retention.ts'
import { createRoomParts } from './room-parts.ts'
import { createRoomRows } from './room-rows.ts'
import { createRooms } from './rooms.ts'
import { createSearch, createSearchIndex } from './search.ts'
import { createServers } from './servers.ts'
import { createStorageUse } from './storage-use.ts'

/** The {@link KeptCache} within its thread, where every method is synchronous, but for what is done step by step. */
export type CacheCalls = {
  [Name in keyof KeptCache]: (
    ...given: Parameters<KeptCache[Name]>
  ) => Name extends 'removeOld' ? ReturnType<KeptCache[Name]> : Awaited<ReturnType<KeptCache[Name]>>
}

/** The cache on an opened database: every call is one transaction on statements that are prepared once. */
export const createCache = (db: WritableDatabase): CacheCalls => {
  const person = createPerson(db)
  const servers = createServers(db)
  const rooms = createRooms(db)
  const index = createSearchIndex(db)
  const rules = createCacheRules({ rowsOf: createRoomRows(db, index), roomOf: rooms.get })

  const parts = createRoomParts(db)
  const storage = createStorageUse(db)

  const erase = createErasing(db)
  startReindexing(db, index, erase)
  /** Wraps a method so that whatever it deletes is later erased from the disk. */
  const erasing =
    <Given extends unknown[], Value>(
      work: (...given: Given) => Value,
      removes: (value: Value) => boolean = () => true,
    ) =>
    (...given: Given): Value => {
      const value = work(...given)
      if (removes(value)) erase()
      return value
    }

  /** As a transaction that is on the disk itself, not only in the operating system's cache, when it returns. */
  const durable = <Given extends unknown[], Value>(work: (...given: Given) => Value) => {
    const transaction = db.transaction(work)
    return (...given: Given): Value => {
      db.pragma('synchronous = FULL')
      try {
        return transaction(...given)
      } finally {
        db.pragma('synchronous = NORMAL')
      }
    }
  }

  return {
    load: db.transaction(() => ({ person: person.get(), servers: servers.list(), rooms: rooms.list() })),
    savePerson: db.transaction(person.save),
    saveServer: db.transaction(servers.save),
    removeServer: erasing(index.mending(db.transaction(servers.remove))),
    saveRoom: db.transaction(rooms.save),
    removeRoom: erasing(index.mending(db.transaction(rooms.remove))),
    saveDraft: db.transaction(rooms.saveDraft),
    endInvitation: db.transaction(rooms.endInvitation),
    markRead: db.transaction(rules.markRead),
    resumePoint: rooms.resumePoint,
    followedUntil: rooms.followedUntil,
    saveFollowed: db.transaction(rooms.saveFollowed),
    storeMessages: erasing(index.mending(db.transaction(rules.storeMessages)), ({ changed }) =>
      changed.some(({ change }) => change === 'deleted'),
    ),
    queueMessage: index.mending(durable(rules.queueMessage)),
    listOutbox: createOutbox(db),
    setDelivery: db.transaction(rules.setDelivery),
    discardMessage: erasing(index.mending(db.transaction(rules.discardMessage))),
    listMessages: db.transaction(createPages(db)),
    removeOld: createRetention(db, index, erase),
    storageUse: storage.use,
    compact: storage.compact,
    countMessages: parts.count,
    readRoom: parts.read,
    searchMessages: index.mending(createSearch(db)),
    /** Closing the only connection moves the write-ahead log into the file and removes it. */
    close() {
      db.close()
    },
  }
}
