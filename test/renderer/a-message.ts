/** Messages for tests of the window. */
import {
  messageIdSchema,
  type Message,
  type MessageId,
  type MessagePage,
} from '../../shared/contract/model.ts'
import type { InputOf } from '../../shared/contract/api.ts'
import { aRoom } from './window-bridge.ts'

export const messageId = (id: string): MessageId => messageIdSchema.parse(id)

const noon = new Date(2026, 10, 22, 12).getTime()
const minute = 60_000

/** @returns the `n`th message of a room, one a minute from noon on; `change` says what is special about it. */
export const aMessage = (
  n: number,
  change: Partial<Omit<Message, 'id'>> & { id?: string } = {},
): Message => ({
  room: aRoom('general').key,
  type: 'CHAT',
  sender: '이서연',
  senderId: 'seoyeon',
  content: `message ${n}`,
  sentAt: noon + n * minute,
  receivedAt: noon + n * minute,
  offset: n,
  sortAt: noon + n * minute,
  seq: n,
  own: false,
  delivery: null,
  failure: null,
  mentionsMe: false,
  ...change,
  id: messageId(change.id ?? `m${n}`),
})

/** @returns messages `from` to `to`, both included. */
export const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, at) => aMessage(from + at))

/** @returns what a cache that holds `all` answers to `listMessages`. */
export const pageOf = (all: readonly Message[], input: InputOf<'listMessages'>): MessagePage => {
  const limit = input.limit ?? 50
  const at = (id: string | undefined): number => all.findIndex(message => message.id === id)
  const range = (start: number, end: number): MessagePage => {
    const [from, to] = [Math.max(0, start), Math.min(all.length, end)]
    return { messages: all.slice(from, to), hasEarlier: from > 0, hasLater: to < all.length }
  }
  if (input.before !== undefined) return range(at(input.before) - limit, at(input.before))
  if (input.after !== undefined) return range(at(input.after) + 1, at(input.after) + 1 + limit)
  if (input.around !== undefined) {
    const middle = at(input.around)
    return range(middle - limit / 2, middle + limit / 2)
  }
  return range(all.length - limit, all.length)
}
