/** A {@link MessageCache} in memory: the plainest honest implementation of the port, for tests of what stands on it. */
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import {
  chatType,
  compareMessages,
  deletedType,
  roomKey,
  shownAt,
  type ChangedMessage,
  type Delivery,
  type Message,
  type MessageId,
  type MessagePage,
  type Person,
  type Room,
  type RoomKey,
} from '../../../shared/contract/model.ts'
import type {
  ArrivedMessage,
  CachedState,
  MessageCache,
  OutboxEntry,
  ResumePoint,
  Stored,
  StoredServer,
} from '../../../shared/core/ports.ts'

/** What outlives one opening of the cache. */
export interface MemoryDisk {
  person: Person | null
  servers: Map<string, StoredServer>
  rooms: Map<RoomKey, Room>
  messages: Map<RoomKey, Message[]>
  /** Of rooms whose history from before the person came is still to arrive. */
  readOffsets: Map<RoomKey, number>
  resumePoints: Map<RoomKey, ResumePoint>
  attempts: Map<string, number>
  seq: number
  /** Set to make every writing method fail, as a full disk does. */
  failure: AppError | null
}

export const emptyDisk = (): MemoryDisk => ({
  person: null,
  servers: new Map(),
  rooms: new Map(),
  messages: new Map(),
  readOffsets: new Map(),
  resumePoints: new Map(),
  attempts: new Map(),
  seq: 0,
  failure: null,
})

const searchable = (text: string): string => text.normalize('NFC').toLowerCase()

/** Opens a cache on `disk`; several openings after each other see the same. */
export const memoryCache = (disk: MemoryDisk): MessageCache => {
  const roomOf = (key: RoomKey): Room => {
    const room = disk.rooms.get(key)
    if (!room) throw new Failure('not-found')
    return room
  }
  const messagesOf = (key: RoomKey): Message[] => disk.messages.get(key) ?? []
  const find = (key: RoomKey, id: MessageId): Message | undefined =>
    messagesOf(key).find(message => message.id === id)
  const place = (key: RoomKey, id: MessageId): number => {
    const index = messagesOf(key).findIndex(message => message.id === id)
    if (index === -1) throw new Failure('not-found')
    return index
  }

  const summarise = (key: RoomKey): Room => {
    const room = roomOf(key)
    const messages = messagesOf(key).sort(compareMessages)
    const last = messages.findLast(message => message.type === chatType)
    const read = messages.findIndex(message => message.id === room.lastReadId)
    const unread = messages.slice(read + 1).filter(message => message.type === chatType && !message.own)
    Object.assign(room, {
      last: last
        ? { sender: last.sender, content: last.content, at: Math.min(shownAt(last), last.receivedAt) }
        : null,
      unread: unread.length,
      mentions: unread.filter(message => message.mentionsMe).length,
    })
    return structuredClone(room)
  }

  /** Never before those with a lower offset; without an offset never before anything. */
  const sortAtOf = ({ room, offset, sentAt, receivedAt }: ArrivedMessage): number => {
    const before = messagesOf(room).filter(
      message => offset === null || (message.offset !== null && message.offset < offset),
    )
    return Math.max(offset === null ? receivedAt : sentAt, ...before.map(({ sortAt }) => sortAt))
  }

  const insert = (arrived: ArrivedMessage, delivery: Delivery | null): Message => {
    const { extra: _extra, relation: _relation, ...fields } = arrived
    const message: Message = {
      ...fields,
      sortAt: sortAtOf(arrived),
      seq: ++disk.seq,
      delivery,
      failure: null,
    }
    disk.messages.set(arrived.room, [...messagesOf(arrived.room), message])
    return message
  }

  const learn = (known: Message, arrived: ArrivedMessage): ChangedMessage['change'] | null => {
    const { delivery, senderId } = known
    known.senderId ??= arrived.senderId
    if (delivery !== null) Object.assign(known, { delivery: 'confirmed', failure: null })
    if (known.offset === null && arrived.offset !== null) {
      Object.assign(known, { offset: arrived.offset, sentAt: arrived.sentAt, sortAt: sortAtOf(arrived) })
      return 'moved'
    }
    return known.delivery !== delivery || known.senderId !== senderId ? 'updated' : null
  }

  const changeOf = (message: Message, change: ChangedMessage['change'] | null): ChangedMessage[] =>
    change ? [{ message: structuredClone(message), change }] : []
  const storedOf = (changed: ChangedMessage[]): Stored => {
    const keys = new Set(
      changed.filter(({ change }) => change !== 'updated').map(({ message }) => message.room),
    )
    return { changed, rooms: Array.from(keys, summarise) }
  }

  const readUpTo = (key: RoomKey, id: MessageId): void => {
    const room = roomOf(key)
    const mark = messagesOf(key).findIndex(message => message.id === room.lastReadId)
    if (place(key, id) > mark) room.lastReadId = id
  }

  /** Empties what `arrived` says is deleted. */
  const remove = ({ room: key, relation }: ArrivedMessage): Message | undefined => {
    const message = relation?.kind === 'delete' ? find(key, relation.target) : undefined
    if (message?.offset !== relation?.targetOffset || message?.type === deletedType) return undefined
    return (
      message && Object.assign(message, { type: deletedType, content: '', mentionsMe: false, delivery: null })
    )
  }

  const arrive = (arrived: ArrivedMessage): ChangedMessage[] => {
    const { room: key, id, offset: resumed } = arrived
    if (resumed !== null) disk.resumePoints.set(key, { offset: resumed, id })
    const known = find(key, id)
    const message = known ?? insert(arrived, null)
    const changed = changeOf(message, known ? learn(known, arrived) : 'new')
    const deleted = known ? undefined : remove(arrived)
    const readOffset = disk.readOffsets.get(message.room) ?? 0
    const offset = message.offset ?? -1
    if (offset >= 0 && offset < readOffset) readUpTo(message.room, message.id)
    if (offset + 1 >= readOffset) disk.readOffsets.delete(message.room)
    return [...changed, ...(deleted ? changeOf(deleted, 'deleted') : [])]
  }

  const page = (key: RoomKey, from: number, to: number): MessagePage => {
    const messages = messagesOf(key)
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
      return work()
    })
  const read = <Value>(work: () => Value): Promise<Value> => Promise.resolve().then(work)

  return {
    load: () =>
      read((): CachedState =>
        structuredClone({
          person: disk.person,
          servers: [...disk.servers.values()],
          rooms: [...disk.rooms.values()],
        }),
      ),
    savePerson: person => write(() => void (disk.person = { ...person })),
    saveServer: server => write(() => void disk.servers.set(server.id, { ...server })),
    removeServer: id =>
      write(() => {
        disk.servers.delete(id)
        for (const room of [...disk.rooms.values()].filter(({ serverId }) => serverId === id)) {
          disk.rooms.delete(room.key)
          disk.messages.delete(room.key)
          disk.readOffsets.delete(room.key)
          disk.resumePoints.delete(room.key)
        }
      }),
    saveRoom: ({ readOffset, ...room }) =>
      write(() => {
        const key = roomKey(room.serverId, room.roomId)
        const fresh = { unread: 0, mentions: 0, lastReadId: null, last: null, draft: '' }
        const known = disk.rooms.get(key) ?? fresh
        if (known === fresh && typeof readOffset === 'number') disk.readOffsets.set(key, readOffset)
        disk.rooms.set(key, { ...known, ...room, key })
        return structuredClone(roomOf(key))
      }),
    removeRoom: key =>
      write(() => {
        disk.rooms.delete(key)
        disk.messages.delete(key)
        disk.readOffsets.delete(key)
        disk.resumePoints.delete(key)
      }),
    saveDraft: (key, draft) => write(() => structuredClone(Object.assign(roomOf(key), { draft }))),
    markRead: (key, upTo) =>
      write(() => {
        roomOf(key)
        readUpTo(key, upTo)
        return summarise(key)
      }),
    resumePoint: key => read(() => disk.resumePoints.get(key) ?? null),
    storeMessages: arrived =>
      write(() => storedOf(arrived.filter(({ room }) => disk.rooms.has(room)).flatMap(arrive))),
    queueMessage: message =>
      write(() => {
        const room = roomOf(message.room)
        if (find(message.room, message.id)) return storedOf([])
        room.draft = ''
        return storedOf(changeOf(insert(message, 'queued'), 'new'))
      }),
    listOutbox: serverId =>
      read(() =>
        [...disk.rooms.values()]
          .filter(room => room.serverId === serverId)
          .flatMap(room =>
            messagesOf(room.key)
              .filter(({ delivery }) => delivery === 'queued' || delivery === 'sent')
              .map((message): OutboxEntry => ({
                message: structuredClone(message),
                serverId,
                roomId: room.roomId,
                attempts: disk.attempts.get(`${message.room} ${message.id}`) ?? 0,
              })),
          )
          .sort((a, b) => a.message.seq - b.message.seq),
      ),
    setDelivery: (key, id, delivery, failure) =>
      write(() => {
        const message = find(key, id)
        if (!message) return null
        const isOpen = message.delivery !== null && message.delivery !== 'confirmed'
        if (isOpen) Object.assign(message, { delivery, failure: failure ?? null })
        const attempt = `${key} ${id}`
        if (delivery === 'sent') disk.attempts.set(attempt, (disk.attempts.get(attempt) ?? 0) + 1)
        return storedOf(changeOf(message, isOpen ? 'updated' : null))
      }),
    discardMessage: (key, id) =>
      write(() => {
        const message = messagesOf(key)[place(key, id)]
        if (!message?.delivery || message.delivery === 'confirmed') throw new Failure('not-found')
        disk.messages.set(
          key,
          messagesOf(key).filter(other => other !== message),
        )
        return storedOf(changeOf(message, 'removed'))
      }),
    listMessages: ({ room, before, after, around, limit }) =>
      read(() => {
        roomOf(room)
        const total = messagesOf(room).length
        if (before !== undefined) return page(room, place(room, before) - limit, place(room, before))
        if (after !== undefined) {
          return page(room, place(room, after) + 1, Math.min(total, place(room, after) + 1 + limit))
        }
        const to = around === undefined ? total : Math.min(total, place(room, around) + Math.ceil(limit / 2))
        return page(room, to - limit, to)
      }),
    searchMessages: ({ query, serverId, room, before, limit }) =>
      read(() => {
        const words = searchable(query).split(/\s+/).filter(Boolean)
        const hits = [...disk.messages.values()]
          .flat()
          .filter(message => message.type === chatType && message.seq < (before ?? Number.MAX_SAFE_INTEGER))
          .filter(message => room === undefined || message.room === room)
          .filter(message => serverId === undefined || roomOf(message.room).serverId === serverId)
          .filter(
            message => words.length > 0 && words.every(word => searchable(message.content).includes(word)),
          )
          .sort((a, b) => b.seq - a.seq)
        const shown = hits.slice(0, limit)
        return {
          hits: shown.map(message => ({
            message: structuredClone(message),
            roomName: roomOf(message.room).name,
          })),
          next: hits.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        }
      }),
    close: () => Promise.resolve(),
  }
}
