/** The rules of relations, and how little a kind of one's own takes: a rule, and nothing of the log or of the broadcast. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { RefusedError } from '../../../../main/broker/options/hooks.ts'
import type { Entry, FoundMessage } from '../../../../main/host/ports/room-log.ts'
import { createGroupCommit } from '../../../../main/host/rooms/group-commit.ts'
import { openTails } from '../../../../main/host/rooms/tails.ts'
import { decideRelation, relationRules, type RelationRules } from '../../../../main/host/wire/relations.ts'
import { refused } from '../../../../main/host/wire/refusal.ts'
import { Failure } from '../../../../shared/contract/errors.ts'
import { relationSchema } from '../../../../shared/protocol/relations.ts'
import { storedRoom } from '../fixture.ts'
import { deletion, message, relation, roomLogs, startLog } from '../ports/room-logs.ts'

const bodySchema = z.record(z.string(), z.unknown())

/** A message of Ada's, as the log finds it. */
const found = (change: Partial<FoundMessage> = {}): FoundMessage => ({
  offset: 7,
  messageId: 'm',
  senderId: 'ada',
  body: Buffer.from(
    JSON.stringify({
      roomId: 'general',
      id: 'm',
      type: 'CHAT',
      content: 'oops',
      mood: 'sour',
      sender: 'Ada',
      senderId: 'ada',
      sentAt: '2026-11-30T09:00:00.000Z',
      // As earlier versions stored it.
      offset: 7,
    }),
  ),
  erased: false,
  relations: { all: 0, own: 0 },
  ...change,
})
const codeOf = (decide: () => unknown): string => {
  try {
    decide()
    return 'allowed'
  } catch (thrown) {
    if (thrown instanceof RefusedError) return thrown.refusal.headers?.code ?? 'no code'
    throw thrown
  }
}

test('a rule defines the permission: everybody, the sender, or moderators as well', () => {
  const kinds = ['everybody', 'sender', 'sender-or-moderator'] as const
  const may = (who: (typeof kinds)[number], senderId: string, moderates: boolean) =>
    codeOf(() =>
      decideRelation(
        { pin: { who, change: () => ({ target: null }) } },
        relation('pin', 'p', { offset: 7 }, { senderId, moderates }),
        found(),
      ),
    )
  const table = kinds.map(who => [may(who, 'ada', false), may(who, 'bob', true), may(who, 'bob', false)])
  expect(table).toEqual([
    ['allowed', 'allowed', 'allowed'],
    ['allowed', 'not-allowed', 'not-allowed'],
    ['allowed', 'allowed', 'not-allowed'],
  ])
})

test('a deletion keeps the sender and the time; a deletion can’t be deleted', () => {
  const effect = decideRelation(relationRules, deletion('d', { offset: 7 }), found())
  expect(effect?.target?.erased).toBe(true)
  expect(JSON.parse(effect?.target?.body ?? '')).toEqual({
    roomId: 'general',
    id: 'm',
    type: 'DELETED',
    sender: 'Ada',
    senderId: 'ada',
    sentAt: '2026-11-30T09:00:00.000Z',
  })
  const announcement = found({ body: Buffer.from(effect?.body(1_000) ?? '') })
  const decide = (target: FoundMessage | undefined) =>
    decideRelation(relationRules, deletion('e', { offset: 7 }), target)
  expect(codeOf(() => decide(announcement))).toBe('input-invalid')
  expect(codeOf(() => decide(undefined))).toBe('not-found')
  expect(decide(found({ erased: true }))).toBeNull()
})

test('a new kind only needs a rule: reactions are stored, broadcast, counted and removed', async () => {
  const rules: RelationRules = {
    ...relationRules,
    reaction: {
      who: 'everybody',
      change: ({ erased }, { fields }) => {
        if (erased) throw refused('not-found', 'the message is deleted')
        if (typeof fields.emoji !== 'string') throw refused('input-invalid', 'emoji: say which one')
        return { target: null }
      },
    },
  }
  const { log, texts } = startLog(roomLogs[0][1], rules)
  const room = { ...storedRoom('general'), archived: false, standings: new Map() }
  const heard: { offset: number; body: Record<string, unknown> }[] = []
  const messages = createGroupCommit({
    log,
    rooms: { find: () => room },
    tails: await openTails(log, Date.now),
    publish: (_room, { offset, body }) =>
      void heard.push({ offset, body: bodySchema.parse(JSON.parse(Buffer.from(body).toString())) }),
    told: () => undefined,
    elapsed: () => performance.now(),
    failure: thrown => (thrown instanceof Failure ? thrown : new Failure('cache-failed')),
  })
  const send = (entry: Entry) => messages.append(room, entry)
  const react = (id: string, senderId: string, fields: Record<string, unknown> = { emoji: '👍' }) =>
    send(relation('reaction', id, { messageId: 'm' }, { senderId, fields }))

  const said = { ...message('m'), body: found().body }
  await Promise.all([send(said), react('r1', 'bob'), react('r2', 'ada')])
  await expect(react('r3', 'bob', {})).rejects.toMatchObject({
    refusal: { headers: { code: 'input-invalid' } },
  })
  // Sent again after a lost receipt: it gets one, and is not heard again.
  await react('r1', 'bob')
  expect(
    heard.map(({ offset, body: { id, type, target, targetOffset, emoji } }) => [
      offset,
      id,
      type,
      target,
      targetOffset,
      emoji,
    ]),
  ).toEqual([
    [0, 'm', 'CHAT', undefined, undefined, undefined],
    [1, 'r1', 'REACTION', 'm', 0, '👍'],
    [2, 'r2', 'REACTION', 'm', 0, '👍'],
  ])
  expect(relationSchema.safeParse({ kind: 'reaction', ...heard[1]?.body }).success).toBe(true)

  // A reaction is a message, so its sender deletes it like any other.
  await send(deletion('d1', { messageId: 'r1' }, { senderId: 'bob' }))
  await send(deletion('d2', { messageId: 'm' }))
  await expect(react('r4', 'bob')).rejects.toMatchObject({ refusal: { headers: { code: 'not-found' } } })
  const types = (await texts()).map(body => bodySchema.parse(JSON.parse(body)).type)
  expect(types).toEqual(['DELETED', 'DELETED', 'REACTION', 'DELETE', 'DELETE'])
})
