/** A {@link MessageCache} in memory: the rules of `shared/cache` on plain lists, for tests of what stands on it. */
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import { createCacheRules } from '../../../shared/cache/cache-rules.ts'
import { openInvitation, previewOf, searchedText } from '../../../shared/cache/summary.ts'
import {
  roomKey,
  type MessageId,
  type MessagePage,
  type Person,
  type Room,
  type RoomKey,
} from '../../../shared/contract/model.ts'
import type { CachedState, MessageCache, OutboxEntry, StoredServer } from '../../../shared/core/ports.ts'
import { emptySummary, memoryRows, messagesOf, type MemoryRoom } from './memory-rows.ts'

/** What outlives one opening of the cache. */
export interface MemoryDisk {
  person: Person | null
  servers: Map<string, StoredServer>
  rooms: Map<RoomKey, MemoryRoom>
  seq: number
  /** Set to make every writing method fail, as a full disk does. */
  failure: AppError | null
}

export const emptyDisk = (): MemoryDisk => ({
  person: null,
  servers: new Map(),
  rooms: new Map(),
  seq: 0,
  failure: null,
})

const searchable = (text: string): string => text.normalize('NFC').toLowerCase()

/** @returns the room as it is shown. */
const shown = ({ room, summary, records }: MemoryRoom): Room => {
  const { unread, mentions, lastReadId } = summary
  const last = records.find(({ message }) => message.seq === summary.last?.seq)
  return { ...room, unread, mentions, lastReadId, last: last ? previewOf(last.message) : null }
}

/** Opens a cache on `disk`; several openings after each other see the same. */
export const memoryCache = (disk: MemoryDisk): MessageCache => {
  const keptOf = (key: RoomKey): MemoryRoom => {
    const kept = disk.rooms.get(key)
    if (!kept) throw new Failure('not-found')
    return kept
  }
  const roomOf = (key: RoomKey): Room => shown(keptOf(key))
  const placeIn = (key: RoomKey, id: MessageId): number => {
    const index = messagesOf(keptOf(key)).findIndex(message => message.id === id)
    if (index === -1) throw new Failure('not-found')
    return index
  }
  const rules = createCacheRules({
    rowsOf(key) {
      const kept = disk.rooms.get(key)
      return kept ? memoryRows(kept, () => ++disk.seq) : null
    },
    roomOf,
  })

  const page = (key: RoomKey, from: number, to: number): MessagePage => {
    const messages = messagesOf(keptOf(key))
    return {
      messages: structuredClone(messages.slice(Math.max(0, from), to)),
      hasEarlier: from > 0,
      hasLater: to < messages.length,
    }
  }

  /** Carries `work` out as the port promises: as a whole, later, and not at all while the disk fails. */
  const write = <Value>(work: () => Value): Promise<Value> =>
    Promise.resolve().then(() => {
      if (disk.failure) throw new Failure(disk.failure.code, disk.failure.params)
      return structuredClone(work())
    })
  const read = <Value>(work: () => Value): Promise<Value> => Promise.resolve().then(work)

  return {
    load: () =>
      read((): CachedState =>
        structuredClone({
          person: disk.person,
          servers: [...disk.servers.values()],
          rooms: [...disk.rooms.values()].map(shown),
        }),
      ),
    savePerson: person => write(() => void (disk.person = { ...person })),
    saveServer: server => write(() => void disk.servers.set(server.id, { ...server })),
    removeServer: id =>
      write(() => {
        disk.servers.delete(id)
        for (const [key, { room }] of disk.rooms) if (room.serverId === id) disk.rooms.delete(key)
      }),
    saveRoom: ({ readOffset, ...room }) =>
      write(() => {
        const key = roomKey(room.serverId, room.roomId)
        const known = disk.rooms.get(key)
        const invitedBy = openInvitation(room, known?.room.invitedBy ?? null)
        if (known) Object.assign(known.room, room, { invitedBy })
        else {
          const summary = emptySummary(readOffset ?? null)
          disk.rooms.set(key, {
            room: { ...room, key, draft: '', invitedBy },
            summary,
            records: [],
            followedUntil: null,
            relations: [],
          })
        }
        return roomOf(key)
      }),
    removeRoom: key => write(() => void disk.rooms.delete(key)),
    saveDraft: (key, draft) =>
      write(() => {
        keptOf(key).room.draft = draft
        return roomOf(key)
      }),
    endInvitation: key =>
      write(() => {
        keptOf(key).room.invitedBy = null
        return roomOf(key)
      }),
    markRead: (key, upTo) => write(() => rules.markRead(key, upTo)),
    resumePoint: key => read(() => structuredClone(disk.rooms.get(key)?.summary.resume ?? null)),
    followedUntil: key => read(() => disk.rooms.get(key)?.followedUntil ?? null),
    saveFollowed: (keys, at) =>
      write(() => {
        for (const key of keys) {
          const kept = disk.rooms.get(key)
          if (kept) kept.followedUntil = at
        }
      }),
    storeMessages: arrived => write(() => rules.storeMessages(arrived)),
    queueMessage: message => write(() => rules.queueMessage(message)),
    listOutbox: serverId =>
      read(() =>
        [...disk.rooms.values()]
          .filter(({ room }) => room.serverId === serverId)
          .flatMap(({ room, records }) =>
            records
              .filter(({ message }) => message.delivery === 'queued' || message.delivery === 'sent')
              .map(({ message, attempts }): OutboxEntry => ({
                message: structuredClone(message),
                serverId,
                roomId: room.roomId,
                attempts,
              })),
          )
          .sort((a, b) => a.message.seq - b.message.seq),
      ),
    setDelivery: (key, id, delivery, failure) => write(() => rules.setDelivery(key, id, delivery, failure)),
    discardMessage: (key, id) => write(() => rules.discardMessage(key, id)),
    listMessages: ({ room, before, after, around, limit }) =>
      read(() => {
        const total = keptOf(room).records.length
        if (before !== undefined) return page(room, placeIn(room, before) - limit, placeIn(room, before))
        if (after !== undefined) {
          const from = placeIn(room, after) + 1
          return page(room, from, Math.min(total, from + limit))
        }
        const to =
          around === undefined ? total : Math.min(total, placeIn(room, around) + Math.ceil(limit / 2))
        return page(room, to - limit, to)
      }),
    searchMessages: ({ query, serverId, room, before, limit }) =>
      read(() => {
        const words = searchable(query).split(/\s+/).filter(Boolean)
        const hits = [...disk.rooms.values()]
          .filter(kept => room === undefined || kept.room.key === room)
          .filter(kept => serverId === undefined || kept.room.serverId === serverId)
          .flatMap(messagesOf)
          .filter(message => message.seq < (before ?? Number.MAX_SAFE_INTEGER))
          .filter(message => {
            const text = searchable(searchedText(message) ?? '')
            return words.length > 0 && words.every(word => text.includes(word))
          })
          .sort((a, b) => b.seq - a.seq)
        const found = hits.slice(0, limit)
        return {
          hits: found.map(message => ({
            message: structuredClone(message),
            roomName: keptOf(message.room).room.name,
          })),
          next: hits.length > limit ? (found.at(-1)?.seq ?? null) : null,
        }
      }),
    close: () => Promise.resolve(),
  }
}
