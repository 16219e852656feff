import { expect, test } from 'vitest'
import { moveNewLine, openNewLine } from '../../../../renderer/messages/list/new-line.ts'
import { messageId } from '../../../shared/contract/examples.ts'

const [first, second] = [messageId('m1'), messageId('m2')]

test('a room with unread messages opens with the line after what was read', () => {
  expect(openNewLine({ unread: 3, lastReadId: first, seen: false }).readUpTo).toBe(first)
  expect(openNewLine({ unread: 3, lastReadId: null, seen: false }).readUpTo).toBeNull()
  expect(openNewLine({ unread: 0, lastReadId: first, seen: false }).readUpTo).toBeUndefined()
})

test('the line stays while the messages below it are read', () => {
  const opened = openNewLine({ unread: 3, lastReadId: first, seen: false })
  const read = moveNewLine(opened, { unread: 0, lastReadId: second, seen: true })
  expect(read.readUpTo).toBe(first)
})

test('what comes while the person looks makes no line', () => {
  const opened = openNewLine({ unread: 0, lastReadId: first, seen: true })
  const arrived = moveNewLine(opened, { unread: 1, lastReadId: first, seen: true })
  const read = moveNewLine(arrived, { unread: 0, lastReadId: second, seen: true })
  expect([arrived.readUpTo, read.readUpTo]).toEqual([undefined, undefined])
})

test('what comes unseen after all was read moves the line there, and more of it does not move it on', () => {
  const opened = openNewLine({ unread: 3, lastReadId: first, seen: false })
  const read = moveNewLine(opened, { unread: 0, lastReadId: second, seen: true })
  const away = moveNewLine(read, { unread: 1, lastReadId: second, seen: false })
  expect(away.readUpTo).toBe(second)
  expect(moveNewLine(away, { unread: 2, lastReadId: second, seen: false })).toBe(away)
})
