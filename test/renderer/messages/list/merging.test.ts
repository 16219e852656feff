import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeMessages, type Stretch } from '../../../../renderer/messages/list/room-window.ts'
import { compareMessages, type Message, type MessageId } from '../../../../shared/contract/model.ts'
import { aMessage, messageId, messages } from '../../../shared/contract/examples.ts'

const stretch = (from: number, to: number, more: Partial<Stretch> = {}): Stretch => ({
  messages: messages(from, to),
  hasEarlier: false,
  hasLater: false,
  ...more,
})

test('changes of other messages leave the array as it is', () => {
  const loaded = stretch(10, 20, { hasEarlier: true, hasLater: true })
  const outside = new Map<MessageId, Message | null>([
    [messageId('m5'), aMessage(5)],
    [messageId('m25'), aMessage(25)],
    [messageId('m3'), null],
  ])
  expect(mergeMessages(loaded, outside)).toBe(loaded.messages)
})

test('a message at the edge that changes in its place stays', () => {
  const loaded = stretch(10, 12, { hasEarlier: true, hasLater: true })
  const [first, last] = [aMessage(10, { content: 'first' }), aMessage(12, { content: 'last' })]
  const merged = mergeMessages(
    loaded,
    new Map([
      [first.id, first],
      [last.id, last],
    ]),
  )
  expect(merged.map(({ id, content }) => [id, content])).toEqual([
    ['m10', 'first'],
    ['m11', aMessage(11).content],
    ['m12', 'last'],
  ])
})

/** One message after the other, each put into its place by itself. */
const oneByOne = (loaded: Stretch, changes: readonly (readonly [number, Message | null])[]): Message[] =>
  changes.reduce<Message[]>(
    (list, [n, message]) => {
      const rest = list.filter(({ id }) => id !== messageId(`m${n}`))
      return message ? [...rest, message].sort(compareMessages) : rest
    },
    [...loaded.messages],
  )

test('changes together come to the same as one after the other, in a room that is loaded whole', () => {
  const change = fc.record({
    n: fc.integer({ min: 1, max: 30 }),
    at: fc.integer({ min: 1, max: 30 }),
    gone: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), steps => {
      const loaded = stretch(5, 20)
      const changes = steps.map(
        ({ n, at, gone }) => [n, gone ? null : aMessage(at, { id: `m${n}`, seq: n })] as const,
      )
      const together = new Map(changes.map(([n, message]) => [messageId(`m${n}`), message]))
      expect(mergeMessages(loaded, together)).toEqual(oneByOne(loaded, changes))
    }),
  )
})
