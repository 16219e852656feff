/** What every log of the rooms keeps to. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keepAll } from '../../../../main/host/history/retention.ts'
import { message, roomLogs, startLog, text } from './room-logs.ts'

describe.each(roomLogs)('a log %s', (_name, open) => {
  const start = () => startLog(open)

  test('gives messages the offsets of their room, in order', async () => {
    const { log, texts } = start()
    const stored = await log.append([message('a'), message('b', '로비'), message('c')])
    expect(
      stored.map(outcome => outcome.kind === 'stored' && { ...outcome, body: text(outcome.body) }),
    ).toEqual([
      { kind: 'stored', offset: 0, sentAt: 1_000, body: 'a at 1000' },
      { kind: 'stored', offset: 0, sentAt: 1_000, body: 'b at 1000' },
      { kind: 'stored', offset: 1, sentAt: 1_000, body: 'c at 1000' },
    ])
    expect(await log.bounds('general')).toEqual({ first: 0, next: 2 })
    expect(await texts()).toEqual(['a at 1000', 'c at 1000'])
    expect(await log.read('general', 1, 10)).toMatchObject([{ offset: 1, reachedAt: 1_000 }])
  })

  test('carries out appends in order, and shows resolved ones', async () => {
    const { log, append, texts } = start()
    const groups = Array.from({ length: 20 }, (_, index) =>
      append(message(`a${index}`), message(`b${index}`)),
    )
    await groups[3]
    const seen = await texts()
    expect(seen.length).toBeGreaterThanOrEqual(8)
    expect(await Promise.all(groups)).toEqual(groups.map((_, index) => [2 * index, 2 * index + 1]))
    expect((await texts()).slice(0, seen.length)).toEqual(seen)
    expect(await log.bounds('general')).toEqual({ first: 0, next: 40 })
    expect(await texts('general', 38)).toEqual(['a19 at 1000', 'b19 at 1000'])
    expect(await texts('general', 10, 2)).toEqual(['a5 at 1000', 'b5 at 1000'])
    expect(await texts('general', 40)).toEqual([])
  })

  test('stores a repeated message once, in one group or in two', async () => {
    const { append, log } = start()
    expect(await append(message('a'), message('a'), message('b'))).toEqual([0, 'known', 1])
    expect(await append(message('b'), message('a'))).toEqual(['known', 'known'])
    const both = await Promise.all([append(message('c')), append(message('c'))])
    expect(both).toEqual([[2], ['known']])
    expect(await append(message('a', '로비'), message('a', 'general', 'bob'))).toEqual([0, 3])
    expect(await log.bounds('general')).toEqual({ first: 0, next: 4 })
  })

  test('skips messages of missing rooms, and stores the others', async () => {
    const { append, log, texts } = start()
    expect(await append(message('a'), message('b', 'nowhere'), message('c'))).toEqual([0, 'room-missing', 1])
    expect(await log.bounds('nowhere')).toEqual({ first: 0, next: 0 })
    expect(await texts('nowhere')).toEqual([])
    expect(await log.offsetAt('nowhere', 0)).toBe(0)
  })

  test('reading from an invalid offset throws', async () => {
    const { append, log } = start()
    await append(message('a'), message('b', '로비'))
    for (const offset of [-1, 0.5, Number.NaN, -(2 ** 32)])
      await expect(log.read('로비', offset, 1), `${offset}`).rejects.toThrow(RangeError)
    expect(await log.read('general', 2 ** 32, 10)).toEqual([])
  })

  test('a clock that was ahead for one message affects no other one, and a time is still found', async () => {
    const { log, append, texts } = start()
    for (const [id, sentAt] of [
      ['a', 1_000],
      ['b', 900_000],
      ['c', 2_000],
      ['d', 3_000],
    ] as const)
      await append(message(id, 'general', 'ada', sentAt))
    expect(await texts()).toEqual(['a at 1000', 'b at 900000', 'c at 2000', 'd at 3000'])
    const reached = (await log.read('general', 0, 9)).map(({ reachedAt }) => reachedAt)
    expect(reached).toEqual([1_000, 900_000, 900_000, 900_000])
    // The first of that time or later.
    const times = [1_000, 1_001, 3_000, 900_000, 900_001]
    expect(await Promise.all(times.map(time => log.offsetAt('general', time)))).toEqual([0, 1, 1, 1, 4])
    expect((await log.tails()).get('general')).toEqual({ next: 4, lastSentAt: 3_000 })
  })

  test('offsetAt finds the first message at or after a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 30 }), fc.nat(700), async (steps, asked) => {
        const { append, log } = start()
        const times: number[] = []
        for (const [index, step] of steps.entries()) {
          const sentAt = (times.at(-1) ?? 1_000) + step
          times.push(sentAt)
          await append(message(`m${index}`, 'general', 'ada', sentAt))
        }
        const expected = times.findIndex(time => time >= 1_000 + asked)
        const found = await log.offsetAt('general', 1_000 + asked)
        expect(found).toBe(expected === -1 ? times.length : expected)
      }),
      { numRuns: 10 },
    )
  })

  test('knows the tail of each room’s log', async () => {
    const { log, append, remove } = start()
    await append(message('a'), message('b'), message('c', '로비'))
    const tail = (next: number) => ({ next, lastSentAt: 1_000 })
    expect(Object.fromEntries(await log.tails())).toMatchObject({ general: tail(2), 로비: tail(1) })
    remove('로비')
    expect((await log.tails()).get('로비')).toBeUndefined()
  })

  test('keeps the newest messages; offsets continue, and other rooms are not affected', async () => {
    const { log, append } = start()
    const ids = Array.from({ length: 10 }, (_, index) => `m${index}`)
    await append(...ids.map(id => message(id)), ...ids.map(id => message(id, '로비')))
    expect(await log.trim('general', { ...keepAll, messages: 3 })).toBe(false)
    expect(await log.bounds('general')).toEqual({ first: 7, next: 10 })
    expect(await log.bounds('로비')).toEqual({ first: 0, next: 10 })
    expect(await log.trim('general', { ...keepAll, bytes: 1 })).toBe(false)
    expect(await log.bounds('general')).toEqual({ first: 10, next: 10 })
    // What is gone is not known any more.
    expect(await append(message('m9'), message('m10'))).toEqual([10, 11])
  })

  test('a trim runs after earlier appends', async () => {
    const { log, append } = start()
    const appended = append(message('a'), message('b'))
    await log.trim('general', { ...keepAll, messages: 1 })
    expect(await appended).toEqual([0, 1])
    expect(await log.bounds('general')).toEqual({ first: 1, next: 2 })
  })

  test('a room with the id of a removed one gets nothing of it', async () => {
    const { log, append, add, remove, texts } = start()
    await append(message('a'), message('b'))
    remove('general')
    expect(await append(message('c'))).toEqual(['room-missing'])
    add('general')
    expect(await texts()).toEqual([])
    expect(await append(message('a'))).toEqual([0])
    while (await log.purge());
    expect(await texts()).toEqual(['a at 1000'])
    expect(await log.bounds('general')).toEqual({ first: 0, next: 1 })
  })

  test('a room removed while a group is written leaves nothing to its successor', async () => {
    const { append, add, remove, texts, log } = start()
    await append(message('a'))
    const group = append(message('b'), message('c'))
    remove('general')
    add('general')
    await group
    expect(await append(message('d'))).toEqual([expect.any(Number)])
    const { first, next } = await log.bounds('general')
    expect(await texts()).toHaveLength(next - first)
    expect((await texts()).at(-1)).toMatch(/^d at/)
  })
})
