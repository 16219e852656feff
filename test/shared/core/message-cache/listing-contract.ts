import { beforeEach, describe, expect, test } from 'vitest'
import { roomIdSchema, type RoomKey, type ServerId } from '../../../../shared/contract/model.ts'
import type { ArrivedMessage, MessageCache } from '../../../../shared/core/ports.ts'
import { home, work, general, random, id, live, kept, type Box } from './fixtures.ts'

export const listingContract = (box: Box): void => {
  describe('pages', () => {
    const names = (from: number, to: number): string[] =>
      Array.from({ length: to - from + 1 }, (_, index) => `m${String(from + index).padStart(2, '0')}`)
    const listed = async (query: Partial<Parameters<MessageCache['listMessages']>[0]>) => {
      const page = await box.cache.listMessages({ room: general, limit: 5, ...query })
      return { ids: page.messages.map(message => message.id), more: [page.hasEarlier, page.hasLater] }
    }
    beforeEach(async () => {
      await box.cache.storeMessages(names(0, 19).map((each, index) => kept(each, index, 1000 + index)))
      await box.cache.storeMessages([live('other', 1, { room: random })])
    })

    test('the newest', async () => {
      expect(await listed({})).toEqual({ ids: names(15, 19), more: [true, false] })
      expect(await listed({ limit: 50 })).toEqual({ ids: names(0, 19), more: [false, false] })
    })

    test('before and after a message', async () => {
      expect(await listed({ before: id('m15') })).toEqual({ ids: names(10, 14), more: [true, true] })
      expect(await listed({ before: id('m05') })).toEqual({ ids: names(0, 4), more: [false, true] })
      expect(await listed({ before: id('m00') })).toEqual({ ids: [], more: [false, true] })
      expect(await listed({ after: id('m04') })).toEqual({ ids: names(5, 9), more: [true, true] })
      expect(await listed({ after: id('m14') })).toEqual({ ids: names(15, 19), more: [true, false] })
      expect(await listed({ after: id('m19') })).toEqual({ ids: [], more: [true, false] })
    })

    test('on both sides of a message', async () => {
      const { ids, more } = await listed({ around: id('m10') })
      expect(ids).toHaveLength(5)
      expect(ids).toContain('m10')
      expect(ids.indexOf(id('m10'))).toBeGreaterThan(0)
      expect(ids.indexOf(id('m10'))).toBeLessThan(4)
      expect(more).toEqual([true, true])
      expect((await listed({ around: id('m00') })).more[0]).toBe(false)
      expect((await listed({ around: id('m19') })).ids).toContain('m19')
    })

    test('an empty room has an empty page', async () => {
      await box.cache.removeRoom(random)
      await box.cache.saveRoom({
        serverId: home,
        roomId: roomIdSchema.parse('random'),
        name: 'r',
        kind: 'public',
        topic: '',
        personId: null,
        joined: true,
        absence: null,
        archived: false,
      })
      expect(await listed({ room: random })).toEqual({ ids: [], more: [false, false] })
    })
  })

  describe('search', () => {
    const found = async (query: string, change: { room?: RoomKey; serverId?: ServerId } = {}) =>
      (await box.cache.searchMessages({ query, limit: 50, ...change })).hits.map(hit => hit.message.id)

    beforeEach(async () => {
      const say = (name: string, content: string, change: Partial<ArrivedMessage> = {}) =>
        live(name, 1, { content, ...change })
      await box.cache.storeMessages([
        say('a', '안녕하세요, 여러분'),
        say('b', '대한민국만세 2026'),
        say('c', 'Release-0.9 출시 준비'),
        say('d', 'release notes', { room: random }),
        say('e', '안녕 "quoted" AND (more)'),
        say('f', '안녕', { type: 'JOIN' }),
      ])
    })

    test('finds Korean at the start, in the middle and by one syllable, newest first', async () => {
      expect(await found('안녕')).toEqual(['e', 'a'])
      expect(await found('민국')).toEqual(['b'])
      expect(await found('국만')).toEqual(['b'])
      expect(await found('세')).toEqual(['b', 'a'])
      expect(await found('민만')).toEqual([])
    })

    test('finds composed text by decomposed input, and the other way round', async () => {
      expect(await found('안녕'.normalize('NFD'))).toEqual(['e', 'a'])
      await box.cache.storeMessages([live('n', 9, { content: '가나다'.normalize('NFD') })])
      expect(await found('나다')).toEqual(['n'])
    })

    test('finds words whatever their case, by their beginning, and mixed with Korean', async () => {
      expect(await found('RELEASE')).toEqual(['d', 'c'])
      expect(await found('rel')).toEqual(['d', 'c'])
      expect(await found('release-0.9 출시')).toEqual(['c'])
    })

    test('takes operators and quotes as text, and nothing for nothing', async () => {
      expect(await found('"quoted" AND')).toEqual(['e'])
      expect(await found('notes OR 안녕')).toEqual([])
      for (const query of ['', '   ', '"', '*', '(', 'NEAR(', '-', 'a:b', '^', "'"]) {
        expect(Array.isArray(await found(query))).toBe(true)
      }
      expect(await found('  ')).toEqual([])
    })

    test('looks into one room, one server or everywhere, and names the room', async () => {
      expect(await found('release', { room: random })).toEqual(['d'])
      expect(await found('release', { serverId: work })).toEqual([])
      expect(await found('release', { serverId: home })).toEqual(['d', 'c'])
      const { hits } = await box.cache.searchMessages({ query: 'notes', limit: 1 })
      expect(hits[0]).toMatchObject({ roomName: 'random', message: { content: 'release notes' } })
    })

    test('gives page after page without a gap or an overlap', async () => {
      await box.cache.storeMessages(
        Array.from({ length: 23 }, (_, n) => live(`p${n}`, n, { content: `쪽 ${n}` })),
      )
      const seen: string[] = []
      let before: number | undefined
      for (let pages = 0; pages < 3; pages++) {
        const page = await box.cache.searchMessages({ query: '쪽', limit: 10, before })
        seen.push(...page.hits.map(hit => hit.message.id))
        before = page.next ?? undefined
      }
      expect(before).toBeUndefined()
      expect(seen).toEqual(Array.from({ length: 23 }, (_, n) => `p${22 - n}`))
    })
  })
}
