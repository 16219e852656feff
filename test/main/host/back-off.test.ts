import { expect, test } from 'vitest'
import { createBackOff } from '../../../main/host/back-off.ts'

const start = () => {
  const clock = { now: 1_000_000 }
  return { clock, backOff: createBackOff(() => clock.now) }
}

test('five failures are free, then the wait doubles up to a minute', () => {
  const { clock, backOff } = start()
  const waits = Array.from({ length: 14 }, () => {
    backOff.failed('a')
    return backOff.wait('a')
  })
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000])
  expect(waits.at(-1)).toBe(60_000)
  clock.now += 59_999
  expect(backOff.wait('a')).toBe(1)
  clock.now += 1
  expect(backOff.wait('a')).toBe(0)
})

test('other addresses do not wait, and a success starts anew', () => {
  const { backOff } = start()
  for (let index = 0; index < 6; index += 1) backOff.failed('a')
  expect(backOff.wait('a')).toBe(2_000)
  expect(backOff.wait('b')).toBe(0)
  backOff.succeeded('a')
  backOff.failed('a')
  expect(backOff.wait('a')).toBe(0)
})

test('the addresses of one IPv6 network wait together', () => {
  const { backOff } = start()
  for (let index = 0; index < 6; index += 1) backOff.failed(`2001:db8::${index}`)
  expect([backOff.wait('2001:db8::ffff'), backOff.wait('2001:db8:0:1::1')]).toEqual([2_000, 0])
  backOff.succeeded('2001:db8::1')
  expect(backOff.wait('2001:db8::ffff')).toBe(0)
})

test('an address that has been quiet is forgotten', () => {
  const { clock, backOff } = start()
  for (let index = 0; index < 6; index += 1) backOff.failed('a')
  clock.now += 15 * 60_000
  backOff.failed('a')
  expect(backOff.wait('a')).toBe(0)
})

test('only so many addresses are remembered: the oldest goes first', () => {
  const { backOff } = start()
  for (let index = 0; index < 6; index += 1) backOff.failed('victim')
  for (let index = 0; index < 4_095; index += 1) backOff.failed(`other ${index}`)
  expect(backOff.wait('victim')).toBe(2_000)
  backOff.failed('one more')
  expect(backOff.wait('victim')).toBe(0)
})
