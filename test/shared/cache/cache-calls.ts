/** Random calls that concern messages, for properties that hold whatever is called in whatever order. */
import fc from 'fast-check'
import type { CacheCalls } from '../../../main/cache/cache.ts'
import type { MessageCache } from '../../../shared/core/ports.ts'
import { general, id, kept, live, mine, random } from '../core/message-cache/fixtures.ts'

/** A cache, within its thread or outside. */
export type AnyCache = CacheCalls | MessageCache
/** A call that any cache can carry out. */
export type Call = (cache: AnyCache) => unknown

const rooms = fc.constantFrom(general, random)
const times = fc.integer({ min: 0, max: 40 })
const names = fc.integer({ min: 0, max: 30 }).map(n => `m${n}`)

// Time and offset of one name are always the same, as on a server; another's messages never become one's own.
const offsetOf = (name: string): number => Number(name.slice(1))
const arrivals = fc
  .record({
    name: names,
    room: rooms,
    t: times,
    mentionsMe: fc.boolean(),
    chat: fc.boolean(),
    numbered: fc.boolean(),
  })
  .map(({ name, room, t, mentionsMe, chat, numbered }) => {
    const change = { room, mentionsMe, type: chat ? 'CHAT' : 'JOIN' }
    return numbered
      ? kept(name, offsetOf(name), offsetOf(name) % 7, { ...change, receivedAt: t })
      : live(name, t, change)
  })
const deletions = fc.tuple(names, rooms).map(([name, room]) =>
  kept(`gone-${name}`, 100 + offsetOf(name), 50, {
    room,
    type: 'DELETE',
    content: '',
    relation: { kind: 'delete', target: id(name), targetOffset: offsetOf(name) },
  }),
)
const own = fc.integer({ min: 0, max: 5 }).map(n => `own${n}`)

/** Calls on the rooms `general` and `random`; of messages `m0` to `m30`, and `own0` to `own5`. */
export const cacheCalls: fc.Arbitrary<Call> = fc.oneof(
  fc.array(fc.oneof({ arbitrary: arrivals, weight: 4 }, deletions), { minLength: 1, maxLength: 6 }).map(
    (given): Call =>
      cache =>
        cache.storeMessages(given),
  ),
  fc.tuple(own, rooms, times).map(
    ([name, room, t]): Call =>
      cache =>
        cache.queueMessage(mine(name, t, { room })),
  ),
  fc
    .tuple(
      own,
      rooms,
      fc.constantFrom('queued' as const, 'sent' as const, 'confirmed' as const, 'failed' as const),
    )
    .map(
      ([name, room, delivery]): Call =>
        cache =>
          cache.setDelivery(room, id(name), delivery),
    ),
  fc.tuple(own, rooms).map(
    ([name, room]): Call =>
      cache =>
        cache.discardMessage(room, id(name)),
  ),
  fc.tuple(names, rooms).map(
    ([name, room]): Call =>
      cache =>
        cache.markRead(room, id(name)),
  ),
)

/** @returns what the call answers, or the text of its error. */
export const outcome = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (thrown) {
    return String(thrown)
  }
}
