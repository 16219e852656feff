/** What a server's directory may bring about here. */
import { expect, test, vi } from 'vitest'
import type { AppError } from '../../../../shared/contract/errors.ts'
import { roomIdSchema } from '../../../../shared/contract/model.ts'
import { KnownState } from '../../../../shared/core/messenger-state.ts'
import { mostChanges, mostRooms, RoomList } from '../../../../shared/core/rooms/room-list.ts'
import type { ListedRoom } from '../../../../shared/core/dialect/dialect.ts'
import { Watches } from '../../../../shared/core/rooms/watches.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import { aServer } from '../../contract/examples.ts'
import { home, newRoom, server } from '../message-cache/fixtures.ts'

const open = async () => {
  const cache = memoryCache(emptyDisk())
  await cache.saveServer(server(home))
  const state = new KnownState()
  state.load({ person: { name: '나' }, servers: [aServer({ id: home })], rooms: [] })
  const failing = vi.fn<(error: AppError) => void>()
  const list = new RoomList({
    cache,
    state,
    serverId: home,
    watches: new Watches(),
    follow: () => undefined,
    unfollow: () => undefined,
    onFailing: failing,
  })
  return { list, state, failing }
}

const listed = (name: string): ListedRoom => {
  const { serverId: _serverId, joined: _joined, absence: _absence, ...room } = newRoom(name)
  return { ...room, roomId: roomIdSchema.parse(name), nextOffset: null }
}

test('a server that makes rooms endlessly fills neither the list nor the disk; existing ones continue', async () => {
  const { list, state } = await open()
  list.listed(Array.from({ length: mostRooms - 1 }, (_, n) => listed(`r${n}`)))
  for (const name of ['last', 'beyond']) list.made(listed(name), null)
  list.changed({ ...listed('last'), topic: 'news' })
  await list.settled()
  expect(state.roomsOf(home)).toHaveLength(mostRooms)
  expect(state.roomsOf(home).at(-1)).toMatchObject({ roomId: 'last', topic: 'news' })
  // Once to leave it, once to forget it.
  for (let n = 0; n < 2; n++) list.removed(roomIdSchema.parse('r0'), 'gone')
  list.made(listed('beyond'), null)
  await list.settled()
  expect(state.roomsOf(home).at(-1)?.roomId).toBe('beyond')
})

test('changes that arrive faster than the cache can store are reported instead of filling the memory', async () => {
  const { list, state, failing } = await open()
  list.made(listed('a'), null)
  for (let n = 1; n < mostChanges; n++) list.changed({ ...listed('a'), topic: `${n}` })
  expect(failing).not.toHaveBeenCalled()
  list.changed({ ...listed('a'), topic: 'too much' })
  expect(failing.mock.lastCall?.[0].code).toBe('cache-failed')
  await list.settled()
  expect(state.roomsOf(home)).toMatchObject([{ topic: `${mostChanges - 1}` }])
  list.changed({ ...listed('a'), topic: 'again' })
  await list.settled()
  expect(state.roomsOf(home)).toMatchObject([{ topic: 'again' }])
  expect(failing).toHaveBeenCalledOnce()
})
