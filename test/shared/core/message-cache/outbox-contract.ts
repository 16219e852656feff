import { describe, expect, test } from 'vitest'
import { home, work, general, random, id, live, kept, mine, codeOf, type Box } from './fixtures.ts'

export const outboxContract = (box: Box): void => {
  describe('the outbox', () => {
    test('a queued message is in its room, is its preview, and clears the draft', async () => {
      await box.cache.saveDraft(general, 'half')
      const stored = await box.cache.queueMessage(mine('a', 5))
      expect(stored).toMatchObject({
        changed: [
          {
            change: 'new',
            message: { id: 'a', own: true, delivery: 'queued', failure: null, offset: null },
          },
        ],
        rooms: [{ draft: '', unread: 0, last: { sender: '지우', content: 'text of a' } }],
      })
      await box.reopen()
      expect(await box.idsIn(general)).toEqual(['a'])
      expect((await box.roomNow(general))?.draft).toBe('')
    })

    test('queued again under its id it stays what it is, and so does the draft', async () => {
      await box.cache.queueMessage(mine('a', 1))
      await box.cache.saveDraft(general, '다음')
      const again = await box.cache.queueMessage(mine('a', 2, { content: 'changed' }))
      expect(again).toEqual({ changed: [], rooms: [] })
      expect(await box.roomNow(general)).toMatchObject({ draft: '다음', last: { content: 'text of a' } })
      expect(await box.cache.listOutbox(home)).toMatchObject([{ message: { id: 'a', delivery: 'queued' } }])
    })

    test('comes after what is in the room, even if the server’s clock is ahead', async () => {
      await box.cache.storeMessages([kept('a', 0, 9000)])
      await box.cache.queueMessage(mine('b', 5))
      await box.cache.queueMessage(mine('c', 4))
      expect(await box.idsIn(general)).toEqual(['a', 'b', 'c'])
    })

    test('lists what waits for a server, oldest first, over restarts', async () => {
      await box.cache.queueMessage(mine('a', 9))
      await box.cache.queueMessage(mine('b', 1, { room: random }))
      await box.cache.queueMessage(mine('c', 2))
      await box.cache.setDelivery(general, id('a'), 'sent')
      await box.reopen()
      const waiting = await box.cache.listOutbox(home)
      expect(waiting.map(entry => [entry.message.id, entry.roomId, entry.message.delivery])).toEqual([
        ['a', 'general', 'sent'],
        ['b', 'random', 'queued'],
        ['c', 'general', 'queued'],
      ])
      expect(waiting.every(entry => entry.serverId === home)).toBe(true)
      expect(await box.cache.listOutbox(work)).toEqual([])
    })

    test('counts how often a message was put on the wire', async () => {
      await box.cache.queueMessage(mine('a', 1))
      expect((await box.cache.listOutbox(home))[0]?.attempts).toBe(0)
      await box.cache.setDelivery(general, id('a'), 'sent')
      await box.cache.setDelivery(general, id('a'), 'sent')
      expect((await box.cache.listOutbox(home))[0]?.attempts).toBe(2)
    })

    test('confirmed leaves it and is final', async () => {
      await box.cache.queueMessage(mine('a', 1))
      expect(await box.cache.setDelivery(general, id('a'), 'confirmed')).toMatchObject({
        changed: [{ change: 'updated', message: { delivery: 'confirmed' } }],
        rooms: [],
      })
      expect(await box.cache.listOutbox(home)).toEqual([])
      const nothing = { changed: [], rooms: [] }
      expect(await box.cache.setDelivery(general, id('a'), 'sent')).toEqual(nothing)
      expect(await box.cache.setDelivery(general, id('a'), 'failed', { code: 'offline' })).toEqual(nothing)
      const { messages } = await box.cache.listMessages({ room: general, limit: 1 })
      expect(messages).toMatchObject([{ delivery: 'confirmed', failure: null }])
      expect(await box.cache.listOutbox(home)).toEqual([])
    })

    test('failed keeps the reason and waits for the person; queued again it goes out again', async () => {
      const failure = { code: 'server-error', params: { message: '방이 없어요' }, detail: 'x' } as const
      await box.cache.queueMessage(mine('a', 1))
      expect(await box.cache.setDelivery(general, id('a'), 'failed', failure)).toMatchObject({
        changed: [{ message: { delivery: 'failed', failure } }],
      })
      await box.reopen()
      expect((await box.cache.listMessages({ room: general, limit: 1 })).messages[0]?.failure).toEqual(
        failure,
      )
      expect(await box.cache.listOutbox(home)).toEqual([])
      expect(await box.cache.setDelivery(general, id('a'), 'queued')).toMatchObject({
        changed: [{ message: { delivery: 'queued', failure: null } }],
      })
      expect(await box.cache.listOutbox(home)).toHaveLength(1)
    })

    test.each(['queued', 'sent', 'failed'] as const)('the echo confirms a %s message', async delivery => {
      await box.cache.storeMessages([kept('x', 3, 500)])
      await box.cache.queueMessage(mine('a', 1000))
      await box.cache.setDelivery(general, id('a'), delivery)
      const echo = await box.cache.storeMessages([mine('a', 1, { offset: 2, sentAt: 400, receivedAt: 1001 })])
      expect(echo).toMatchObject({
        changed: [
          {
            change: 'moved',
            message: { delivery: 'confirmed', failure: null, offset: 2, sentAt: 400, sortAt: 400 },
          },
        ],
        rooms: [{ unread: 1 }],
      })
      expect(await box.cache.listOutbox(home)).toEqual([])
      expect(await box.idsIn(general)).toEqual(['a', 'x'])
    })

    test('an own message of another device is no message of this outbox', async () => {
      const { changed } = await box.cache.storeMessages([mine('a', 1)])
      expect(changed[0]?.message).toMatchObject({ own: true, delivery: null })
      expect(await box.cache.listOutbox(home)).toEqual([])
    })

    test('a discarded message is gone, and the preview with it', async () => {
      await box.cache.storeMessages([live('a', 1)])
      await box.cache.queueMessage(mine('b', 2))
      expect(await box.cache.discardMessage(general, id('b'))).toMatchObject({
        changed: [{ change: 'removed', message: { id: 'b', content: 'text of b' } }],
        rooms: [{ last: { content: 'text of a' } }],
      })
      expect(await box.idsIn(general)).toEqual(['a'])
      expect(await box.cache.listOutbox(home)).toEqual([])
      expect((await box.cache.searchMessages({ query: 'text of b', limit: 5 })).hits).toEqual([])
    })

    test('confirmed messages and those of others can’t be discarded', async () => {
      await box.cache.storeMessages([live('a', 1)])
      await box.cache.queueMessage(mine('b', 2))
      await box.cache.setDelivery(general, id('b'), 'confirmed')
      expect(await codeOf(box.cache.discardMessage(general, id('a')))).toBe('not-found')
      expect(await codeOf(box.cache.discardMessage(general, id('b')))).toBe('not-found')
      expect(await box.idsIn(general)).toEqual(['a', 'b'])
    })
  })
}
