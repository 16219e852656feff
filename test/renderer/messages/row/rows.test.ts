import { expect, test } from 'vitest'
import type { Message, MessageId } from '../../../../shared/contract/model.ts'
import { buildRows, dayKey, type Row } from '../../../../renderer/messages/row/rows.ts'
import { aMessage, messageId, messages } from '../../../shared/contract/examples.ts'

const at = (hours: number, minutes = 0): number => new Date(2026, 10, 22, hours, minutes).getTime()

/** A row in short: `M` leads a group, `m` goes on with it. */
const shortOf = (row: Row): string => {
  if (row.kind === 'message') return `${row.leads ? 'M' : 'm'} ${row.key}`
  return row.kind === 'presence' ? `${row.type} ${row.names.join('+')}` : row.kind
}
const rowsOf = (list: Message[], readUpTo?: MessageId | null, hasEarlier = false): readonly Row[] =>
  buildRows(list, { readUpTo, hasEarlier })
const short = (...input: Parameters<typeof rowsOf>): string[] => rowsOf(...input).map(shortOf)

test('messages of one sender within five minutes stand under one name', () => {
  const list = [
    aMessage(1, { sentAt: at(12, 0) }),
    aMessage(2, { sentAt: at(12, 4) }),
    aMessage(3, { sentAt: at(12, 10) }),
    aMessage(4, { sentAt: at(12, 11), sender: 'Marcus', senderId: 'marcus' }),
    aMessage(5, { sentAt: at(12, 11), own: true }),
    aMessage(6, { sentAt: at(12, 12) }),
  ]
  expect(short(list)).toEqual(['day', 'M m1', 'm m2', 'M m3', 'M m4', 'M m5', 'M m6'])
})

test('the row of a message stays the same object until something of it changes', () => {
  const list = messages(1, 4)
  const before = rowsOf(list)
  const [first, ...others] = list
  const after = rowsOf([...list, aMessage(5)])
  expect(before.slice(1).every((row, index) => row === after[index + 1])).toBe(true)
  const led = rowsOf(others, undefined)
  expect(led.map(shortOf)).toEqual(['day', 'M m2', 'm m3', 'm m4'])
  expect(led[2]).toBe(before[3])
  expect(first && rowsOf([{ ...first, content: 'else' }, ...others])[1]).not.toBe(before[1])
})

test('what a server says by itself is a line, and what the profile hides has no row', () => {
  const list = [aMessage(1), aMessage(2, { type: 'LINE' }), aMessage(3, { type: 'HIDDEN' }), aMessage(4)]
  expect(rowsOf(list).map(({ kind }) => kind)).toEqual(['day', 'message', 'line', 'message'])
})

test('a deleted message keeps its row; it is nothing new', () => {
  const deleted = (n: number) => aMessage(n, { type: 'DELETED', content: '' })
  expect(short([aMessage(1), deleted(2), aMessage(3)])).toEqual(['day', 'M m1', 'm m2', 'm m3'])
  expect(short([aMessage(1), deleted(2), aMessage(3)], messageId('m1'))).toEqual([
    'day',
    'M m1',
    'm m2',
    'new',
    'M m3',
  ])
  expect(short([aMessage(1), deleted(2)], messageId('m1'))).toEqual(['day', 'M m1', 'm m2'])
})

test('times offline without a message between them are one line', () => {
  const offline = (n: number, from: number, until: number) =>
    aMessage(n, { type: 'OFFLINE', content: '', sentAt: from, receivedAt: until, offset: null })
  const rows = rowsOf([
    offline(1, at(12, 2), at(12, 3)),
    offline(2, at(12, 5), at(12, 9)),
    aMessage(3, { sentAt: at(12, 10) }),
  ])
  expect(rows.map(({ kind }) => kind)).toEqual(['day', 'offline', 'message'])
  expect(rows[1]).toMatchObject({ from: at(12, 2), until: at(12, 9) })
})

test('two people of one name are two people', () => {
  const list = [aMessage(1), aMessage(2, { senderId: 'another' })]
  expect(short(list)).toEqual(['day', 'M m1', 'M m2'])
})

test('own messages stand together, whether the server has named their sender or not', () => {
  const list = [aMessage(1, { own: true, senderId: null }), aMessage(2, { own: true })]
  expect(short(list)).toEqual(['day', 'M m1', 'm m2'])
})

test('every local day begins with its line, also in the middle of a group', () => {
  const list = [
    aMessage(1, { sentAt: at(23, 59) }),
    aMessage(2, { sentAt: at(24, 0) }),
    aMessage(3, { sentAt: at(24, 1) }),
  ]
  expect(short(list)).toEqual(['day', 'M m1', 'day', 'M m2', 'm m3'])
  expect(rowsOf(list)[0]).toMatchObject({ key: 'day:2026-11-22' })
  expect(dayKey(at(24))).toBe('2026-11-23')
})

test('a clock that was set back shows both days, each row under a key of its own', () => {
  const list = [
    aMessage(1, { sentAt: at(12) }),
    aMessage(2, { sentAt: at(60) }),
    aMessage(3, { sentAt: at(12, 1), sortAt: at(60) }),
  ]
  expect(short(list)).toEqual(['day', 'M m1', 'day', 'M m2', 'day', 'M m3'])
  const keys = rowsOf(list).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})

test('the new line stands before the first message of somebody else after what was read', () => {
  const list = [aMessage(1), aMessage(2), aMessage(3, { own: true }), aMessage(4)]
  expect(short(list, messageId('m2'))).toEqual(['day', 'M m1', 'm m2', 'M m3', 'new', 'M m4'])
  expect(short(list, null)).toEqual(['day', 'new', 'M m1', 'm m2', 'M m3', 'M m4'])
  expect(short(list)).not.toContain('new')
  expect(short(list, messageId('m4'))).not.toContain('new')
  expect(short(list, messageId('elsewhere'))).not.toContain('new')
})

test('what was read may be a message that is not shown', () => {
  const list = [aMessage(1), aMessage(2, { type: 'REACTION' }), aMessage(3)]
  expect(short(list, messageId('m2'))).toEqual(['day', 'M m1', 'new', 'M m3'])
})

test('comings and goings are quiet lines of their own, one for several in a row', () => {
  const list = [
    aMessage(1),
    aMessage(2, { type: 'JOIN', sender: '남궁하늘별' }),
    aMessage(3, { type: 'JOIN', sender: 'Tomás' }),
    aMessage(4, { type: 'JOIN', sender: 'Tomás' }),
    aMessage(5, { type: 'LEAVE', sender: 'Tomás' }),
    aMessage(6),
  ]
  expect(short(list)).toEqual(['day', 'M m1', 'JOIN 남궁하늘별+Tomás', 'LEAVE Tomás', 'M m6'])
})

test('types that are not known are not shown, and a day of nothing else neither', () => {
  expect(short([aMessage(1, { type: 'REACTION' })], null)).toEqual([])
  expect(short([aMessage(1, { type: 'REPLY' }), aMessage(2, { type: 'ATTACHMENT' })])).toEqual([
    'day',
    'M m1',
    'm m2',
  ])
})

test('with earlier messages not loaded the first one is not shown, and no row changes when they come', () => {
  const all = [
    ...messages(1, 20),
    aMessage(21, { type: 'JOIN', sender: 'B' }),
    aMessage(22, { type: 'JOIN', sender: 'C' }),
    ...messages(23, 40),
    ...messages(2000, 2040),
  ]
  const whole = rowsOf(all, messageId('m12'))
  for (let from = 1; from < all.length; from++) {
    const part = rowsOf(all.slice(from), messageId('m12'), true)
    expect(whole.slice(whole.length - part.length)).toEqual(part)
  }
  expect(short(all.slice(1), undefined, true)[0]).toBe('m m3')
  expect(new Set(whole.map(row => row.key)).size).toBe(whole.length)
})
