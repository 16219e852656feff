import { expect, test, vi } from 'vitest'
import { verifyDeadline, Liveness } from '../../../../shared/core/session/liveness.ts'
import { fakeClock } from '../fake-clock.ts'

const watched = (canAnswer = true, beats = false) => {
  const clock = fakeClock()
  const probe = vi.fn(() => canAnswer)
  const lost = vi.fn()
  return { clock, probe, lost, liveness: new Liveness({ clock, interval: 1000, beats, probe, lost }) }
}

test('an active connection is not probed', () => {
  const { clock, probe, lost, liveness } = watched()
  for (let n = 0; n < 20; n++) {
    liveness.heard()
    clock.advance(900)
  }
  expect(probe).not.toHaveBeenCalled()
  expect(lost).not.toHaveBeenCalled()
})

test('silence is probed after one interval and ends the connection after two and a tick, once', () => {
  const { clock, probe, lost } = watched()
  clock.advance(1000)
  expect(probe).toHaveBeenCalledOnce()
  expect(lost).not.toHaveBeenCalled()
  clock.advance(1000)
  expect(lost).not.toHaveBeenCalled()
  clock.advance(100)
  expect(lost).toHaveBeenCalledOnce()
  clock.advance(10_000)
  expect(lost).toHaveBeenCalledOnce()
  expect(clock.waiting()).toBe(0)
})

test('an answer to the probe counts', () => {
  const { clock, probe, lost, liveness } = watched()
  for (let n = 0; n < 10; n++) {
    clock.advance(1000)
    if (n % 2 === 0) liveness.heard()
  }
  expect(probe).toHaveBeenCalledTimes(6)
  expect(lost).not.toHaveBeenCalled()
})

test('the silence of a server that can’t be probed proves nothing', () => {
  const { clock, probe, lost } = watched(false)
  clock.advance(10_000)
  expect(probe).toHaveBeenCalledTimes(10)
  expect(lost).not.toHaveBeenCalled()
})

test('a promised heart-beat is not probed for, but its absence counts', () => {
  const { clock, probe, lost } = watched(false, true)
  clock.advance(2100)
  expect(probe).not.toHaveBeenCalled()
  expect(lost).toHaveBeenCalledOnce()
})

test.each([0, 40, 99, 500, 950])(
  'a dead connection is found within 2.2 intervals of the last data, %i ms into a tick',
  into => {
    const { clock, lost, liveness } = watched(false, true)
    clock.advance(into)
    liveness.heard()
    clock.advance(2000)
    expect(lost).not.toHaveBeenCalled()
    clock.advance(200)
    expect(lost).toHaveBeenCalledOnce()
  },
)

test('setting the clock back hides no silence', () => {
  const { clock, lost } = watched()
  clock.setWall(0)
  clock.advance(2100)
  expect(lost).toHaveBeenCalledOnce()
})

test('verifying probes at once and gives up at the deadline unless data arrives', () => {
  const { clock, probe, lost, liveness } = watched()
  liveness.heard()
  liveness.verify()
  liveness.verify()
  expect(probe).toHaveBeenCalledOnce()
  liveness.heard()
  clock.advance(verifyDeadline - 4100)
  expect(lost).not.toHaveBeenCalled()
  liveness.heard()
  liveness.verify()
  for (let n = 0; n < 2; n++) clock.advance(100)
  expect(lost).not.toHaveBeenCalled()
  clock.advance(verifyDeadline)
  expect(lost).toHaveBeenCalledOnce()
})

test('a connection that can’t be verified is given up at once', () => {
  const { lost, liveness, clock } = watched(false)
  liveness.verify()
  expect(lost).toHaveBeenCalledOnce()
  expect(clock.waiting()).toBe(0)
})

test('stopped, it does nothing', () => {
  const { clock, probe, lost, liveness } = watched()
  liveness.verify()
  liveness.stop()
  clock.advance(100_000)
  expect(probe).toHaveBeenCalledOnce()
  expect(lost).not.toHaveBeenCalled()
})
