import { describe, expect, test } from 'vitest'
import type { RoomKey } from '../../../../shared/contract/model.ts'
import type { ArrivedMessage } from '../../../../shared/core/ports.ts'
import { general, id, kept, live, mine, newRoom, random, type Box } from './fixtures.ts'

/** What says that the message `target` is deleted. */
const deletion = (name: string, target: string, offset: number, at: number): ArrivedMessage =>
  kept(name, at, at, {
    type: 'DELETE',
    content: '',
    relation: { kind: 'delete', target: id(target), targetOffset: offset },
  })

export const removalContract = (box: Box): void => {
  const typesIn = async (room: RoomKey): Promise<string[]> => {
    const { messages } = await box.cache.listMessages({ room, limit: 50 })
    return messages.map(message => (message.type === 'DELETED' ? `(${message.id})` : message.id))
  }

  describe('a message that another one says is deleted', () => {
    test('keeps its place without its text; what is left is counted anew', async () => {
      const { changed: told } = await box.cache.storeMessages([
        kept('a', 0, 1),
        kept('b', 1, 2),
        kept('c', 2, 3, { mentionsMe: true, content: 'the secret', extra: '{"secret":1}' }),
      ])
      await box.cache.markRead(general, id('a'))
      const { changed, rooms } = await box.cache.storeMessages([deletion('d', 'c', 2, 3)])
      const left = { ...told[2]?.message, type: 'DELETED', content: '', mentionsMe: false }
      expect(changed).toMatchObject([
        { change: 'new', message: { id: 'd' } },
        { change: 'deleted', message: left },
      ])
      expect(rooms).toMatchObject([{ unread: 1, mentions: 0, last: { content: 'text of b' } }])
      await box.reopen()
      expect(await typesIn(general)).toEqual(['a', 'b', '(c)', 'd'])
      const { messages } = await box.cache.listMessages({ room: general, around: id('c'), limit: 1 })
      expect(messages).toEqual([left])
      expect((await box.cache.searchMessages({ query: 'secret', limit: 9 })).hits).toEqual([])
      expect(await box.cache.resumePoint(general)).toEqual({ offset: 3, id: 'd' })
    })

    test('goes where it comes in the same call, and where it is the newest read or an own one; once', async () => {
      const stored = await box.cache.storeMessages([
        kept('a', 0, 1),
        kept('b', 1, 2),
        deletion('d', 'b', 1, 2),
      ])
      expect(stored.changed.map(({ message, change }) => [message.id, change])).toEqual([
        ['a', 'new'],
        ['b', 'new'],
        ['d', 'new'],
        ['b', 'deleted'],
      ])
      await box.cache.queueMessage(mine('f', 5))
      await box.cache.storeMessages([kept('e', 3, 4), mine('f', 5, { offset: 4 }), kept('g', 5, 6)])
      await box.cache.markRead(general, id('e'))
      const { changed, rooms } = await box.cache.storeMessages([
        deletion('h', 'e', 3, 6),
        deletion('i', 'f', 4, 7),
      ])
      expect(changed.at(-1)).toMatchObject({ change: 'deleted', message: { own: true, delivery: null } })
      expect(rooms).toMatchObject([{ unread: 1, lastReadId: 'e' }])
      expect(await typesIn(general)).toEqual(['a', '(b)', 'd', '(e)', '(f)', 'g', 'h', 'i'])
      const again = await box.cache.storeMessages([deletion('j', 'e', 3, 8)])
      expect(again.changed.map(({ change }) => change)).toEqual(['new'])
    })

    test('is the one at that offset of that room, and of no other', async () => {
      await box.cache.storeMessages([kept('a', 0, 1), kept('b', 1, 2), kept('a', 0, 1, { room: random })])
      const { changed } = await box.cache.storeMessages([
        deletion('d', 'a', 1, 2),
        deletion('e', 'nobody', 0, 3),
      ])
      expect(changed.map(({ change }) => change)).toEqual(['new', 'new'])
      await box.cache.storeMessages([deletion('f', 'a', 0, 4)])
      expect(await typesIn(general)).toEqual(['(a)', 'b', 'd', 'e', 'f'])
      expect(await typesIn(random)).toEqual(['a'])
    })

    test('and comes after the deletion never has its text, in one call, in two, and over a restart', async () => {
      const stored = await box.cache.storeMessages([deletion('d', 'b', 1, 2), kept('b', 1, 1)])
      expect(stored.changed).toMatchObject([
        { change: 'new', message: { id: 'd' } },
        { change: 'new', message: { id: 'b', type: 'DELETED', content: '' } },
      ])
      await box.cache.storeMessages([deletion('e', 'a', 0, 3)])
      await box.reopen()
      const { changed, rooms } = await box.cache.storeMessages([
        kept('a', 0, 0, { mentionsMe: true, content: 'the secret' }),
        kept('c', 4, 4),
      ])
      expect(changed).toMatchObject([
        { change: 'new', message: { id: 'a', type: 'DELETED', content: '', mentionsMe: false } },
        { change: 'new', message: { id: 'c', type: 'CHAT' } },
      ])
      expect(rooms).toMatchObject([{ unread: 1, mentions: 0, last: { content: 'text of c' } }])
      expect((await box.cache.searchMessages({ query: 'secret', limit: 9 })).hits).toEqual([])
      expect(await typesIn(general)).toEqual(['(a)', '(b)', 'd', 'e', 'c'])
    })

    test('is deleted when it learns the offset that a deletion names', async () => {
      await box.cache.storeMessages([live('a', 1), live('b', 2), deletion('d', 'a', 0, 3)])
      expect(await box.roomNow(general)).toMatchObject({ unread: 2 })
      const { changed, rooms } = await box.cache.storeMessages([kept('a', 0, 1)])
      expect(changed).toMatchObject([
        { change: 'moved', message: { id: 'a', offset: 0 } },
        { change: 'deleted', message: { id: 'a', type: 'DELETED', content: '' } },
      ])
      expect(rooms).toMatchObject([{ unread: 1, last: { content: 'text of b' } }])
    })

    test('is the one of the room that is there now: relations go with their room', async () => {
      await box.cache.storeMessages([deletion('d', 'a', 0, 3)])
      await box.cache.removeRoom(general)
      await box.cache.saveRoom(newRoom('general'))
      await box.cache.storeMessages([kept('a', 0, 1)])
      expect(await typesIn(general)).toEqual(['a'])
    })

    test('is no trouble where it was said before the person came', async () => {
      await box.cache.removeRoom(general)
      await box.cache.saveRoom(newRoom('general', { readOffset: 2 }))
      const stored = await box.cache.storeMessages([
        kept('a', 0, 1),
        kept('b', 1, 2),
        deletion('d', 'b', 1, 2),
      ])
      expect(stored.rooms).toMatchObject([{ unread: 0 }])
      await box.cache.storeMessages([live('e', 9)])
      expect(await box.roomNow(general)).toMatchObject({ unread: 1 })
    })
  })

  describe('a relation of a kind that nothing is made of yet', () => {
    test.each(['edit', 'reaction', 'pin', 'reply'] as const)(
      '%s is kept in its position; it is not unread, not previewed and not found',
      async kind => {
        const relation = { kind, target: id('a'), targetOffset: 0 }
        const type = kind.toUpperCase()
        const relating = kept('r', 1, 2, { type, content: 'other words', mentionsMe: true, relation })
        await box.cache.storeMessages([kept('a', 0, 1)])
        const { changed, rooms } = await box.cache.storeMessages([relating])
        expect(changed).toMatchObject([{ change: 'new', message: { id: 'r', type } }])
        expect(rooms).toMatchObject([{ unread: 1, mentions: 0, last: { content: 'text of a' } }])
        expect((await box.cache.searchMessages({ query: 'other words', limit: 9 })).hits).toEqual([])
        expect(await box.cache.resumePoint(general)).toEqual({ offset: 1, id: 'r' })
        await box.reopen()
        const { messages } = await box.cache.listMessages({ room: general, limit: 9 })
        expect(messages).toMatchObject([
          { id: 'a', type: 'CHAT', content: 'text of a' },
          { id: 'r', type },
        ])
      },
    )
  })
}
