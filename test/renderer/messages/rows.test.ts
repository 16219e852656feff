import { expect, test } from 'vitest'
import { buildRows, dayKey, type Row } from '../../../renderer/messages/rows.ts'
import { aMessage, messageId, messages } from '../a-message.ts'

const at = (hours: number, minutes = 0): number => new Date(2026, 10, 22, hours, minutes).getTime()

/** A row in short: `M` leads a group, `m` goes on with it. */
const shortOf = (row: Row): string => {
  if (row.kind === 'message') return `${row.leads ? 'M' : 'm'} ${row.key}`
  return row.kind === 'presence' ? `${row.type} ${row.names.join('+')}` : row.kind
}
const short = (...input: Parameters<typeof buildRows>): string[] => buildRows(...input).map(shortOf)

test('messages of one sender within five minutes stand under one name', () => {
  const list = [
    aMessage(1, { sortAt: at(12, 0) }),
    aMessage(2, { sortAt: at(12, 4) }),
    aMessage(3, { sortAt: at(12, 10) }),
    aMessage(4, { sortAt: at(12, 11), sender: 'Marcus', senderId: 'marcus' }),
    aMessage(5, { sortAt: at(12, 11), own: true }),
    aMessage(6, { sortAt: at(12, 12) }),
  ]
  expect(short(list, undefined)).toEqual(['day', 'M m1', 'm m2', 'M m3', 'M m4', 'M m5', 'M m6'])
})

test('two people of one name are two people', () => {
  const list = [aMessage(1), aMessage(2, { senderId: 'another' })]
  expect(short(list, undefined)).toEqual(['day', 'M m1', 'M m2'])
})

test('every local day begins with its line, also in the middle of a group', () => {
  const list = [
    aMessage(1, { sortAt: at(23, 59) }),
    aMessage(2, { sortAt: at(24, 0) }),
    aMessage(3, { sortAt: at(24, 1) }),
  ]
  expect(short(list, undefined)).toEqual(['day', 'M m1', 'day', 'M m2', 'm m3'])
  expect(buildRows(list, undefined)[0]).toMatchObject({ key: 'day:2026-11-22' })
  expect(dayKey(at(24))).toBe('2026-11-23')
})

test('the new line stands before the first message of somebody else after what was read', () => {
  const list = [aMessage(1), aMessage(2), aMessage(3, { own: true }), aMessage(4)]
  expect(short(list, messageId('m2'))).toEqual(['day', 'M m1', 'm m2', 'M m3', 'new', 'M m4'])
  expect(short(list, null)).toEqual(['day', 'new', 'M m1', 'm m2', 'M m3', 'M m4'])
  expect(short(list, undefined)).not.toContain('new')
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
  expect(short(list, undefined)).toEqual(['day', 'M m1', 'JOIN 남궁하늘별+Tomás', 'LEAVE Tomás', 'M m6'])
})

test('types that are not known are not shown, and a day of nothing else neither', () => {
  expect(short([aMessage(1, { type: 'REACTION' })], null)).toEqual([])
})

test('keys are unique and stay when earlier messages come before', () => {
  const later = messages(10, 30)
  const keys = (rows: Row[]): string[] => rows.map(row => row.key)
  const before = keys(buildRows(later, messageId('m12')))
  const after = keys(buildRows([...messages(-2000, 9), ...later], messageId('m12')))
  expect(new Set(after).size).toBe(after.length)
  expect(after.slice(-20)).toEqual(before.slice(-20))
})
