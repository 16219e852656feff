import { expect, test } from 'vitest'
import { createBackOff, type Guesser } from '../../../../main/host/limits/back-off.ts'

const start = () => {
  const clock = { now: 1_000_000 }
  return { clock, backOff: createBackOff(() => clock.now) }
}
const stranger = (address: string): Guesser => ({ address, personId: null })
const known = (personId: string, address = '192.168.0.21'): Guesser => ({ address, personId })
const times = (count: number, run: (index: number) => void): void => {
  for (let index = 0; index < count; index += 1) run(index)
}
const minute = 60_000

test('five failures are free, then the wait doubles up to a minute', () => {
  const { clock, backOff } = start()
  const waits = Array.from({ length: 14 }, () => {
    backOff.failed(stranger('a'))
    return backOff.wait(stranger('a'))
  })
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000])
  expect(waits.at(-1)).toBe(minute)
  clock.now += minute - 1
  expect(backOff.wait(stranger('a'))).toBe(1)
  clock.now += 1
  expect(backOff.wait(stranger('a'))).toBe(0)
})

test('other addresses do not wait, and a success resets the wait', () => {
  const { backOff } = start()
  times(6, () => backOff.failed(stranger('a')))
  expect(backOff.wait(stranger('a'))).toBe(2_000)
  expect(backOff.wait(stranger('b'))).toBe(0)
  backOff.succeeded(stranger('a'))
  backOff.failed(stranger('a'))
  expect(backOff.wait(stranger('a'))).toBe(0)
})

test.each(['2001:db8::', 'fe80::', 'fd00:1:2:3::'])(
  'the addresses of the IPv6 network %s wait together',
  net => {
    const { backOff } = start()
    times(6, index => backOff.failed(stranger(`${net}${index + 1}`)))
    expect(backOff.wait(stranger(`${net}ffff`))).toBe(2_000)
    expect(backOff.wait(stranger('2001:db8:0:1::1'))).toBe(0)
    backOff.succeeded(stranger(`${net}1`))
    expect(backOff.wait(stranger(`${net}ffff`))).toBe(0)
  },
)

test('a known person only waits for their own failures, whatever others at the same address do', () => {
  const { backOff } = start()
  times(9, () => backOff.failed(stranger('192.168.0.21')))
  expect(backOff.wait(known('ada'))).toBe(0)
  times(6, () => backOff.failed(known('ada')))
  expect(backOff.wait(known('ada', '192.168.0.99'))).toBe(2_000)
  expect(backOff.wait(known('ben'))).toBe(0)
  backOff.succeeded(known('ada'))
  expect(backOff.wait(known('ada'))).toBe(0)
})

test('strangers who change their address have 100 guesses together, then one in 30 s; known people are not affected', () => {
  const { clock, backOff } = start()
  let taken = 0
  const tryOnce = (index: number): void => {
    const guesser = stranger(`10.0.${index >> 8}.${index & 255}`)
    if (backOff.wait(guesser) > 0) return
    taken += 1
    backOff.failed(guesser)
  }
  times(1_000, tryOnce)
  expect(taken).toBe(100)
  expect(backOff.wait(stranger('172.16.0.1'))).toBe(30_000)
  expect(backOff.wait(known('ada'))).toBe(0)
  times(60, index => {
    clock.now += minute
    tryOnce(2_000 + index)
    tryOnce(3_000 + index)
    tryOnce(4_000 + index)
  })
  expect(taken).toBe(220)
})

test('an attacker with many device keys guesses no faster than strangers', () => {
  const { backOff } = start()
  times(100, index => backOff.failed(known(`key ${index}`)))
  expect(backOff.wait(known('ada'))).toBe(30_000)
  expect(backOff.wait(stranger('192.168.0.21'))).toBe(0)
})

test('an address is forgotten after a quiet time', () => {
  const { clock, backOff } = start()
  times(6, () => backOff.failed(stranger('a')))
  clock.now += 15 * minute
  backOff.failed(stranger('a'))
  expect(backOff.wait(stranger('a'))).toBe(0)
})
