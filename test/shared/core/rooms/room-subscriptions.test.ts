/** Holes in the offsets of a room. */
import { expect, test } from 'vitest'
import { messageIdSchema, roomIdSchema, type Room } from '../../../../shared/contract/model.ts'
import type { ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { RoomSubscriptions } from '../../../../shared/core/rooms/room-subscriptions.ts'
import type { Session } from '../../../../shared/core/session/session.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { general } from '../message-cache/fixtures.ts'

const frameAt = (offset: number): ReceivedFrame => ({
  headers: { 'x-stream-offset': String(offset) },
  body: JSON.stringify({ id: `m${offset}`, content: `m${offset}` }),
})

/** The subscriptions of a room whose cache ends at this offset; null for an empty one. */
const follow = async (resumed: number | null) => {
  const subscribed: {
    start: string | undefined
    id: string | undefined
    ended: boolean
    give: (...offsets: number[]) => void
  }[] = []
  const taken: number[] = []
  const session: Pick<Session, 'subscribe' | 'ack'> = {
    ack: () => false,
    subscribe(_destination, headers, onMessage) {
      const entry = {
        start: headers['x-stream-offset'],
        id: headers.id,
        ended: false,
        give: (...offsets: number[]) => offsets.forEach(offset => !entry.ended && onMessage(frameAt(offset))),
      }
      subscribed.push(entry)
      return () => void (entry.ended = true)
    },
  }
  const subscriptions = new RoomSubscriptions({
    session: session as Session,
    dialect: hostDialect(),
    cache: {
      resumePoint: () =>
        Promise.resolve(
          resumed === null ? null : { offset: resumed, id: messageIdSchema.parse(`m${resumed}`) },
        ),
    },
    onMessage: (_room, frame) => taken.push(Number(frame.headers['x-stream-offset'])),
    lines: null,
    onOpened: () => undefined,
    onRefused: () => undefined,
  })
  await subscriptions.add({ key: general, roomId: roomIdSchema.parse('general') } as Room, null)
  return { subscribed, taken }
}

test('after a hole nothing more is taken, and the room is read again from there', async () => {
  const { subscribed, taken } = await follow(4)
  subscribed[0]?.give(4, 5, 6, 8, 9)
  expect(taken).toEqual([5, 6])
  expect(subscribed.map(({ start, ended }) => [start, ended])).toEqual([
    ['offset=4', true],
    ['offset=6', false],
  ])
  expect(subscribed[1]?.id).toBeUndefined()
  subscribed[1]?.give(6, 7, 8, 9, 10)
  expect(taken).toEqual([5, 6, 7, 8, 9, 10])
})

test('a hole that the server has, too, is passed once it was asked for', async () => {
  const { subscribed, taken } = await follow(null)
  subscribed[0]?.give(20, 21, 25)
  subscribed[1]?.give(21, 25, 26)
  expect(taken).toEqual([20, 21, 25, 26])
  expect(subscribed).toHaveLength(2)
  subscribed[1]?.give(30)
  expect(subscribed[2]?.start).toBe('offset=26')
})

test('messages that come twice, or late, are passed on', async () => {
  const { subscribed, taken } = await follow(4)
  subscribed[0]?.give(4, 5, 5, 6, 4)
  expect(taken).toEqual([5, 5, 6, 4])
  expect(subscribed).toHaveLength(1)
})

test('a history that was trimmed meanwhile goes on where it begins', async () => {
  const { subscribed, taken } = await follow(4)
  subscribed[0]?.give(9, 10)
  expect(taken).toEqual([9, 10])
  expect(subscribed).toHaveLength(1)
})
