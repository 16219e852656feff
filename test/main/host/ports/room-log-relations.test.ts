/** What every log of the rooms does with relations, whatever their kinds are. */
import { describe, expect, test } from 'vitest'
import { mostRelations } from '../../../../main/host/limits/relations.ts'
import { keepAll } from '../../../../main/host/history/retention.ts'
import type { FoundMessage, NewRelation } from '../../../../main/host/ports/room-log.ts'
import type { RelationRules } from '../../../../main/host/wire/relations.ts'
import { deletion, goneRules, message, offsetsOf, relation, roomLogs, startLog } from './room-logs.ts'

const reaction = (messageId: string, target: NewRelation['target'], change: Partial<NewRelation> = {}) =>
  relation('reaction', messageId, target, { fields: { emoji: '👍' }, ...change })

describe.each(roomLogs)('a log %s', (_name, open) => {
  /** A log whose deletions leave `gone`, whose edits leave their text, and whose reactions change nothing: what these see is noted. */
  const start = () => {
    const seen: FoundMessage[] = []
    const rules: RelationRules = {
      ...goneRules,
      edit: {
        who: 'sender',
        change: (_found, { fields }) => ({ target: { body: String(fields.content), erased: false } }),
      },
      reaction: {
        who: 'everybody',
        change: found => {
          seen.push(found)
          return { target: null }
        },
      },
    }
    const started = startLog(open, rules)
    /** @returns what stands in the room; of messages with a relation their ids. */
    const texts = async (roomId = 'general') =>
      (await started.texts(roomId)).map(body => /"id":"(\w+)"/.exec(body)?.[1] ?? body)
    return { ...started, texts, seen }
  }

  test('stores the message with the relation and its fields, and changes the earlier one', async () => {
    const { log, append, texts } = start()
    await append(message('a'), message('b'))
    const [outcome] = await log.append([deletion('d', { messageId: 'a' }, { fields: { why: 'typo' } })])
    expect(outcome).toMatchObject({ kind: 'stored', offset: 2, sentAt: 1_000 })
    expect(
      JSON.parse((await log.read('general', 2, 1)).map(({ body }) => Buffer.from(body).toString())[0] ?? ''),
    ).toEqual({
      roomId: 'general',
      id: 'd',
      type: 'DELETE',
      target: 'a',
      targetOffset: 0,
      sender: 'Ada',
      senderId: 'ada',
      sentAt: new Date(1_000).toISOString(),
      why: 'typo',
    })
    expect(await append(relation('edit', 'e', { offset: 1 }, { fields: { content: 'better' } }))).toEqual([3])
    expect(await append(reaction('r', { offset: 1 }), message('c'))).toEqual([4, 5])
    expect(await texts()).toEqual(['gone', 'better', 'd', 'e', 'r', 'c at 1000'])
  })

  test('finds an earlier message of the same group, but not a later one', async () => {
    const { append, texts } = start()
    const group = [
      deletion('d1', { messageId: 'a' }),
      message('a'),
      deletion('d2', { messageId: 'a' }),
      deletion('d3', { offset: 0 }),
      message('b'),
    ]
    expect(await append(...group)).toEqual(['refused', 0, 1, 'known', 2])
    expect(await texts()).toEqual(['gone', 'd2', 'b at 1000'])
  })

  test('an id means its first message, whoever sent it', async () => {
    const { append, texts } = start()
    await append(message('a', 'general', 'bob'), message('a'))
    await append(deletion('d', { messageId: 'a' }, { senderId: 'bob' }))
    expect(await texts()).toEqual(['gone', 'a at 1000', 'd'])
  })

  test('a refused relation changes nothing, and affects no other entry', async () => {
    const { log, append, texts } = start()
    await append(message('a', 'general', 'bob'))
    const refused = { kind: 'refused', reason: { refusal: { headers: { code: 'not-allowed' } } } }
    const outcomes = await log.append([message('b'), deletion('d', { messageId: 'a' }), message('c')])
    expect(offsetsOf(outcomes)).toEqual([1, 'refused', 2])
    expect(outcomes[1]).toMatchObject(refused)
    const [pin] = await log.append([relation('pin', 'p', { messageId: 'a' })])
    expect(pin).toMatchObject({
      kind: 'refused',
      reason: { refusal: { headers: { code: 'input-invalid' } } },
    })
    expect(await texts()).toEqual(['a at 1000', 'b at 1000', 'c at 1000'])
  })

  test('no offset of another room, and no invalid one, finds a message', async () => {
    const { append, texts } = start()
    await append(message('a'), message('b', '로비'), message('c', '로비'))
    // In SQLite the first room's key of the first of these offsets is that of the second room's first message.
    const offsets = [2 ** 32, 1, 2 ** 32 - 1, -(2 ** 32), -1, 0.5, Number.NaN, Infinity]
    const outcomes = await append(
      ...offsets.map(offset => deletion(`d${offset}`, { offset }, { moderates: true })),
    )
    expect(outcomes).toEqual(offsets.map(() => 'refused'))
    expect(await append(deletion('d', { messageId: 'b' }, { moderates: true }))).toEqual(['refused'])
    expect(await texts('로비')).toEqual(['b at 1000', 'c at 1000'])
  })

  test('a repeated relation is stored once, whatever its rule would decide now', async () => {
    const { append, texts, seen } = start()
    await append(message('a'))
    expect(await append(reaction('r', { offset: 0 }), reaction('r', { offset: 0 }))).toEqual([1, 'known'])
    expect(await append(reaction('r', { offset: 0 }), reaction('r', { offset: 9 }))).toEqual([
      'known',
      'known',
    ])
    expect(seen).toHaveLength(1)
    expect(await texts()).toEqual(['a at 1000', 'r'])
  })

  test('counts the relations of a message by kind and by sender; erased ones do not count', async () => {
    const { append, seen } = start()
    await append(message('a'), message('b'), message('a', '로비'))
    const bob = { senderId: 'bob' }
    await append(
      reaction('r1', { offset: 0 }),
      reaction('r2', { offset: 0 }, bob),
      reaction('r3', { offset: 1 }),
      reaction('r4', { offset: 0 }, { roomId: '로비' }),
      relation('edit', 'e', { offset: 0 }, { fields: { content: 'better' } }),
      reaction('r5', { offset: 0 }),
    )
    expect(seen.map(({ relations: { all, own } }) => [all, own])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 0],
      [2, 1],
    ])
    await append(deletion('d', { messageId: 'r1' }), reaction('r6', { offset: 0 }))
    expect(seen.at(-1)).toMatchObject({ messageId: 'a', relations: { all: 2, own: 1 } })
  })

  test('the relations to a message are limited, in total and for each person; erased ones do not count', async () => {
    const { append } = start()
    await append(message('a'), message('b'))
    const { ofPerson, ofMessage } = mostRelations
    const many = (count: number, senderId: string, offset = 0) =>
      Array.from({ length: count }, (_, index) => reaction(`${senderId}${index}`, { offset }, { senderId }))
    const stored = (await append(...many(ofPerson + 2, 'ada'))).filter(outcome => outcome !== 'refused')
    expect(stored).toHaveLength(ofPerson)
    expect(await append(reaction('other', { offset: 1 }))).toEqual([expect.any(Number)])
    expect(
      await append(deletion('d', { messageId: 'ada3' }), reaction('ada99', { offset: 0 })),
    ).not.toContain('refused')

    const others = Array.from({ length: ofMessage / ofPerson + 1 }, (_, index) =>
      many(ofPerson, `bob${index}_`),
    )
    const outcomes = await append(...others.flat())
    expect(outcomes.filter(outcome => outcome !== 'refused')).toHaveLength(ofMessage - ofPerson)
    // A kind that is full keeps out no other.
    expect(await append(deletion('gone', { offset: 0 }))).toEqual([expect.any(Number)])
  })

  test('an erased message is never replaced', async () => {
    const { append, texts } = start()
    await append(message('a'), deletion('d', { offset: 0 }))
    await append(relation('edit', 'e', { offset: 0 }, { fields: { content: 'back again' } }))
    expect(await texts()).toEqual(['gone', 'd', 'e'])
  })

  test('a relation is deleted with its message, and with its room', async () => {
    const { log, append, add, remove, seen } = start()
    await append(message('a'), reaction('r1', { offset: 0 }), message('b'))
    await log.trim('general', { ...keepAll, messages: 1 })
    expect(await append(reaction('r2', { offset: 0 }), reaction('r3', { messageId: 'b' }))).toEqual([
      'refused',
      3,
    ])
    remove('general')
    add('general')
    while (await log.purge());
    await append(message('a'), reaction('r1', { offset: 0 }))
    expect(seen.at(-1)).toMatchObject({ messageId: 'a', relations: { all: 0, own: 0 } })
  })
})
