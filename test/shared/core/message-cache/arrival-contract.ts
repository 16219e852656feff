import { describe, expect, test } from 'vitest'
import { roomIdSchema, roomKey } from '../../../../shared/contract/model.ts'
import { home, general, random, id, live, kept, newRoom, type Box } from './fixtures.ts'

export const arrivalContract = (box: Box): void => {
  describe('messages that arrive', () => {
    test('are stored in order and told with their room', async () => {
      const { changed, rooms } = await box.cache.storeMessages([
        live('a', 1),
        live('b', 2, { mentionsMe: true }),
      ])
      expect(changed.map(each => [each.message.id, each.change])).toEqual([
        ['a', 'new'],
        ['b', 'new'],
      ])
      expect(changed[0]?.message).toMatchObject({
        room: general,
        type: 'CHAT',
        sender: '민준',
        senderId: 'm1',
        content: 'text of a',
        sentAt: 1,
        receivedAt: 1,
        offset: null,
        own: false,
        delivery: null,
        failure: null,
        mentionsMe: false,
      })
      const [first, second] = changed.map(each => each.message.seq)
      expect(second).toBeGreaterThan(first ?? Infinity)
      expect(rooms).toMatchObject([
        { unread: 2, mentions: 1, last: { sender: '민준', content: 'text of b', at: 2 } },
      ])
      await box.reopen()
      expect(await box.idsIn(general)).toEqual(['a', 'b'])
      expect([await box.roomNow(general)]).toEqual(rooms)
    })

    test('are kept once, in one call and over several', async () => {
      const first = await box.cache.storeMessages([
        kept('a', 0, 10),
        kept('a', 0, 10, { content: 'changed' }),
      ])
      expect(first.changed).toMatchObject([{ change: 'new', message: { content: 'text of a' } }])
      const later = await box.cache.storeMessages([kept('a', 0, 10, { content: 'changed' })])
      expect(later).toEqual({ changed: [], rooms: [] })
      expect(await box.roomNow(general)).toMatchObject({ unread: 1 })
      expect(await box.idsIn(general)).toEqual(['a'])
    })

    test('of the same id in two rooms are two', async () => {
      await box.cache.storeMessages([live('a', 1), live('a', 2, { room: random })])
      expect([await box.idsIn(general), await box.idsIn(random)]).toEqual([['a'], ['a']])
    })

    test('of unknown rooms are left out, the others are stored', async () => {
      const nowhere = roomKey(home, roomIdSchema.parse('nowhere'))
      const { changed } = await box.cache.storeMessages([live('a', 1, { room: nowhere }), live('b', 2)])
      expect(changed.map(each => each.message.id)).toEqual(['b'])
    })

    test('nothing is nothing', async () => {
      expect(await box.cache.storeMessages([])).toEqual({ changed: [], rooms: [] })
    })

    test('that learn their offset later take their place by the server’s time', async () => {
      await box.cache.storeMessages([live('a', 100), kept('b', 5, 50)])
      expect(await box.idsIn(general)).toEqual(['b', 'a'])
      const { changed } = await box.cache.storeMessages([kept('a', 4, 40)])
      expect(changed[0]).toMatchObject({ change: 'moved', message: { offset: 4, sentAt: 40, sortAt: 40 } })
      expect(await box.idsIn(general)).toEqual(['a', 'b'])
      expect((await box.roomNow(general))?.last?.content).toBe('text of b')
    })

    test('are ordered by the server’s time, then its offset, whatever the order of arrival', async () => {
      await box.cache.storeMessages([kept('c', 2, 20), kept('b', 1, 20), kept('a', 0, 10)])
      expect(await box.idsIn(general)).toEqual(['a', 'b', 'c'])
    })

    test('are ordered by the server’s offset where its clock was set back; times stay what they are', async () => {
      await box.cache.storeMessages([kept('a', 0, 10), kept('b', 1, 9_000), kept('c', 2, 20)])
      await box.cache.storeMessages([live('mine', 25, { own: true }), kept('d', 3, 30)])
      expect(await box.idsIn(general)).toEqual(['a', 'b', 'c', 'd', 'mine'])
      const { changed } = await box.cache.storeMessages([kept('mine', 4, 40)])
      expect(changed[0]?.message).toMatchObject({ sentAt: 40, sortAt: 9_000 })
      const { messages } = await box.cache.listMessages({ room: general, limit: 10 })
      expect(messages.map(({ sentAt }) => sentAt)).toEqual([10, 9_000, 20, 30, 40])
    })

    test('without an offset come last: never before what is there, even if the clock went back', async () => {
      await box.cache.storeMessages([kept('a', 0, 1000), live('b', 400), live('c', 300)])
      expect(await box.idsIn(general)).toEqual(['a', 'b', 'c'])
    })

    test('resume after the one of the server’s history that came last, known or new; none without history', async () => {
      expect(await box.cache.resumePoint(general)).toBeNull()
      await box.cache.storeMessages([live('x', 1)])
      expect(await box.cache.resumePoint(general)).toBeNull()
      await box.cache.storeMessages([kept('a', 3, 10), kept('b', 7, 20), kept('r', 50, 10, { room: random })])
      expect(await box.cache.resumePoint(general)).toEqual({ offset: 7, id: 'b' })
      await box.cache.storeMessages([live('y', 30)])
      await box.reopen()
      expect(await box.cache.resumePoint(general)).toEqual({ offset: 7, id: 'b' })
      // The server counts from 0 again.
      await box.cache.storeMessages([kept('a', 0, 10)])
      await box.reopen()
      expect(await box.cache.resumePoint(general)).toEqual({ offset: 0, id: 'a' })
    })

    test('text is kept to the letter: HTML, line breaks, NFD, emoji, NUL-free control characters', async () => {
      const content = '<img src=x onerror=1>\n\t"\'; DROP TABLE --\u1112\u1161\u11ab 👩‍👩‍👧'
      await box.cache.storeMessages([live('a', 1, { content, sender: '<b>' })])
      const { messages } = await box.cache.listMessages({ room: general, limit: 1 })
      expect(messages[0]).toMatchObject({ content, sender: '<b>' })
    })
  })

  describe('unread', () => {
    test('counts chat of others only', async () => {
      await box.cache.storeMessages([
        live('a', 1),
        live('b', 2, { type: 'JOIN' }),
        live('c', 3, { own: true }),
        live('d', 4, { type: 'POLL', mentionsMe: true }),
        live('e', 5, { mentionsMe: true }),
      ])
      expect(await box.roomNow(general)).toMatchObject({
        unread: 2,
        mentions: 1,
        last: { content: 'text of e' },
      })
    })

    test('is counted anew from the read mark, which never goes back', async () => {
      await box.cache.storeMessages(
        ['a', 'b', 'c', 'd'].map((each, t) => live(each, t, { mentionsMe: t === 3 })),
      )
      expect(await box.cache.markRead(general, id('b'))).toMatchObject({
        unread: 2,
        mentions: 1,
        lastReadId: 'b',
      })
      expect(await box.cache.markRead(general, id('a'))).toMatchObject({
        unread: 2,
        mentions: 1,
        lastReadId: 'b',
      })
      const { rooms } = await box.cache.storeMessages([live('e', 9)])
      expect(rooms[0]).toMatchObject({ unread: 3, mentions: 1, lastReadId: 'b' })
      await box.reopen()
      expect(await box.cache.markRead(general, id('e'))).toMatchObject({
        unread: 0,
        mentions: 0,
        lastReadId: 'e',
      })
    })

    test('does not count what was said before the person came, over restarts, also as a batch', async () => {
      const room = newRoom('past', { readOffset: 4 })
      const { key } = await box.cache.saveRoom(room)
      const at = (offset: number, change = {}) =>
        kept(`p${offset}`, offset, offset, { room: key, mentionsMe: true, ...change })
      await box.cache.storeMessages([at(0), at(1)])
      expect(await box.roomNow(key)).toMatchObject({ unread: 0, mentions: 0, lastReadId: 'p1' })
      await box.reopen()
      await box.cache.saveRoom({ ...room, name: 'changed', readOffset: 100 })
      const { rooms } = await box.cache.storeMessages([at(2), at(3), at(4), at(5, { mentionsMe: false })])
      expect(rooms).toMatchObject([{ unread: 2, mentions: 1, lastReadId: 'p3' }])
    })

    test('counts again when the history from before the person came is through', async () => {
      const room = newRoom('past', { readOffset: 2 })
      const { key } = await box.cache.saveRoom(room)
      await box.cache.storeMessages([kept('a', 0, 10, { room: key }), kept('b', 1, 20, { room: key })])
      // The server counts from 0 again.
      await box.cache.storeMessages([kept('c', 0, 30, { room: key }), live('d', 40, { room: key })])
      expect(await box.roomNow(key)).toMatchObject({ unread: 2, lastReadId: 'b' })
    })

    test('counts what has no place in a history, whoever came when', async () => {
      const room = newRoom('past', { readOffset: 9 })
      const { key } = await box.cache.saveRoom(room)
      await box.cache.storeMessages([live('a', 1, { room: key })])
      expect(await box.roomNow(key)).toMatchObject({ unread: 1, lastReadId: null })
    })

    test('of one room leaves the others alone', async () => {
      await box.cache.storeMessages([live('a', 1), live('b', 2, { room: random })])
      await box.cache.markRead(general, id('a'))
      expect((await box.roomNow(random))?.unread).toBe(1)
    })
  })
}
