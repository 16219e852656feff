/** The content of caches in benches. */
import type { CacheCalls } from '../main/cache/cache.ts'
import { profileOf } from '../shared/contract/profile.ts'
import { messageIdSchema, roomKey, serverIdSchema, type RoomId } from '../shared/contract/model.ts'
import type { ArrivedMessage } from '../shared/core/ports.ts'

export const serverId = serverIdSchema.parse('bench')

/** Puts a server with rooms into a new cache. */
export const furnish = (cache: CacheCalls, rooms: readonly RoomId[]): void => {
  const rest = {
    fingerprint: null,
    profile: profileOf(),
    own: false,
    enabled: true,
    kind: null,
  }
  cache.saveServer({ id: serverId, name: 'Bench', url: 'ws://localhost', ...rest })
  for (const roomId of rooms)
    cache.saveRoom({
      serverId,
      roomId,
      name: roomId,
      kind: 'public',
      topic: '',
      personId: null,
      joined: true,
      absence: null,
      archived: false,
    })
}

/** @returns incoming messages of a room, one for each text, a second apart. */
export const arrivals = (texts: readonly string[], roomId: RoomId): ArrivedMessage[] =>
  texts.map((content, n) => ({
    room: roomKey(serverId, roomId),
    id: messageIdSchema.parse(`${((n * 2_654_435_761) % 2 ** 32).toString(36)}-${n}`),
    type: 'CHAT',
    sender: '민준',
    senderId: 'p1',
    content,
    sentAt: 1_700_000_000_000 + n * 1000,
    receivedAt: 1_700_000_000_000 + n * 1000,
    offset: n,
    own: false,
    mentionsMe: false,
    extra: null,
  }))

export const inBatches = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
