import { expect, test, vi, type Mock } from 'vitest'
import { Failure, type AppError } from '../../../../shared/contract/errors.ts'
import type { ConnectionState } from '../../../../shared/contract/model.ts'
import { PersistentSession, type SessionEvents } from '../../../../shared/core/session/persistent-session.ts'
import type { Session } from '../../../../shared/core/session/session.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { fakeClock } from '../fake-clock.ts'

/** Lets promises that are settled go on. */
const settle = async () => {
  for (let n = 0; n < 5; n++) await Promise.resolve()
}

/** A persistent session whose single sessions a test plays. */
const played = (letIn = false) => {
  const clock = fakeClock()
  const opened: { events: SessionEvents; session: Session; close: Mock; verify: Mock }[] = []
  const states: ConnectionState[] = []
  const onOnline = vi.fn()
  const onOffline = vi.fn()
  const open = vi.fn((events: SessionEvents): Promise<Session> => {
    const [close, verify] = [vi.fn(() => Promise.resolve()), vi.fn()]
    const drop = (error: AppError): void => events.onEnded(error)
    const session = { close, verify, drop } as unknown as Session
    opened.push({ events, session, close, verify })
    return Promise.resolve(session)
  })
  const persistent = new PersistentSession({
    clock,
    ids: { next: () => 'x', secret: () => 'x', random: () => 0.5 },
    open,
    letIn: () => letIn,
    onState: state => states.push(state),
    onOnline,
    onOffline,
  })
  return {
    clock,
    persistent,
    open,
    opened,
    states,
    onOnline,
    onOffline,
    phases: () => states.map(state => state.phase),
    newest: () => {
      const newest = opened.at(-1)
      if (!newest) throw new Error('nothing was opened')
      return newest
    },
    online: async () => {
      persistent.start()
      await settle()
      opened.at(-1)?.events.onConnected(hostDialect())
    },
  }
}
const lost = { code: 'connection-lost' } as const

test('connects, and reports its state', async () => {
  const { clock, online, states, onOnline, newest } = played()
  await online()
  expect(states).toEqual([
    { phase: 'connecting', attempt: 1 },
    { phase: 'online', since: clock.now() },
  ])
  expect(onOnline).toHaveBeenCalledExactlyOnceWith(
    newest().session,
    expect.objectContaining({ kind: 'stompbox' }),
  )
})

test('after a loss it retries, with a wait that grows with every failure', async () => {
  const { clock, online, newest, open, states, onOffline } = played()
  await online()
  const waits: number[] = []
  for (let n = 0; n < 8; n++) {
    newest().events.onEnded(lost)
    const state = states.at(-1)
    if (state?.phase !== 'waiting') throw new Error(`it is ${state?.phase ?? 'nowhere'}`)
    expect(state).toMatchObject({ attempt: n + 1, error: lost })
    waits.push(state.retryAt - clock.now())
    clock.advance(state.retryAt - clock.now() - 1)
    expect(open).toHaveBeenCalledTimes(n + 1)
    clock.advance(1)
    expect(open).toHaveBeenCalledTimes(n + 2)
    await settle()
  }
  expect(waits).toEqual([750, 1250, 2250, 4250, 8250, 15_250, 15_250, 15_250])
  expect(onOffline).toHaveBeenCalledOnce()
  const sinces = states.flatMap(state => (state.phase === 'waiting' ? [state.since] : []))
  expect(new Set(sinces).size).toBe(1)
})

test('after a long time online the back-off starts over, after a short one it does not', async () => {
  const { clock, online, newest, states } = played()
  await online()
  newest().events.onEnded(lost)
  clock.advance(1000)
  await settle()
  newest().events.onConnected(hostDialect())
  newest().events.onEnded(lost)
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', attempt: 2 })
  clock.advance(5000)
  await settle()
  newest().events.onConnected(hostDialect())
  clock.advance(60_000)
  newest().events.onEnded(lost)
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', attempt: 1 })
})

test('a server that announced its shutdown is off until it is back, or another error occurs', async () => {
  const { clock, online, newest, states } = played(true)
  await online()
  newest().events.onEnded({ code: 'host-closing' })
  const again = async (code: AppError['code']): Promise<unknown> => {
    clock.advance(30_000)
    await settle()
    newest().events.onEnded({ code })
    return states.slice(-2).map(state => ('error' in state ? state.error.code : null))
  }
  expect(await again('port-closed')).toEqual(['host-closing', 'host-closing'])
  expect(await again('host-away')).toEqual(['host-closing', 'host-closing'])
  expect(await again('route-missing')).toEqual(['host-closing', 'route-missing'])
  expect(await again('port-closed')).toEqual([null, 'port-closed'])
})

test('an error that only the person can fix is not retried', async () => {
  const { clock, persistent, open, newest, states } = played()
  persistent.start()
  await settle()
  newest().events.onEnded({ code: 'passcode-wrong' })
  expect(states.at(-1)).toEqual({ phase: 'refused', since: clock.now(), error: { code: 'passcode-wrong' } })
  clock.advance(10_000_000)
  persistent.wake()
  expect(open).toHaveBeenCalledOnce()
  persistent.start()
  expect(open).toHaveBeenCalledTimes(2)
})

test('an error that another network may fix is retried on another network', async () => {
  const { persistent, open, newest, states } = played()
  persistent.start()
  await settle()
  newest().events.onEnded({ code: 'certificate-refused' })
  expect(states.at(-1)?.phase).toBe('refused')
  persistent.wake()
  expect(open).toHaveBeenCalledTimes(2)
})

test('an address without STOMP is refused, unless it was a server before', async () => {
  for (const [letIn, phase] of [
    [false, 'refused'],
    [true, 'waiting'],
  ] as const) {
    const { persistent, newest, states } = played(letIn)
    persistent.start()
    await settle()
    newest().events.onEnded({ code: 'server-not-stomp' })
    expect(states.at(-1)?.phase).toBe(phase)
  }
})

test('an attempt that can’t start counts as a failure, too', async () => {
  const { persistent, open, states } = played()
  open.mockRejectedValueOnce(new Failure('disk-full'))
  persistent.start()
  await settle()
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', error: { code: 'disk-full' } })
})

test('stopped, it disconnects, sends no more events, and stays offline', async () => {
  const { clock, persistent, online, newest, phases, open, onOffline } = played()
  await online()
  const { close, events } = newest()
  await persistent.stop()
  expect(close).toHaveBeenCalledOnce()
  events.onEnded(lost)
  clock.advance(1_000_000)
  expect(phases()).toEqual(['connecting', 'online', 'off'])
  expect(onOffline).toHaveBeenCalledOnce()
  expect(open).toHaveBeenCalledOnce()
})

test('stopped while opening, it closes the new session', async () => {
  const { persistent, newest, phases } = played()
  persistent.start()
  await persistent.stop()
  await settle()
  expect(newest().close).toHaveBeenCalledOnce()
  newest().events.onConnected(hostDialect())
  expect(phases()).toEqual(['connecting', 'off'])
})

test('stopped while waiting, it does not retry', async () => {
  const { clock, persistent, newest, open } = played()
  persistent.start()
  await settle()
  newest().events.onEnded(lost)
  await persistent.stop()
  clock.advance(1_000_000)
  expect(open).toHaveBeenCalledOnce()
})

test('restart closes the session before it opens the next, without an offline state in between', async () => {
  const { persistent, online, opened, phases, onOffline } = played()
  await online()
  await persistent.restart()
  expect(opened).toHaveLength(2)
  expect(opened[0]?.close).toHaveBeenCalledOnce()
  expect(phases()).toEqual(['connecting', 'online', 'connecting'])
  expect(onOffline).toHaveBeenCalledOnce()
})

test('a stop during a restart wins', async () => {
  const { persistent, online, opened, phases } = played()
  await online()
  const restarted = persistent.restart()
  await persistent.stop()
  await restarted
  expect(opened).toHaveLength(1)
  expect(phases().at(-1)).toBe('off')
})

test('waking up retries at once, or checks an open connection', async () => {
  const { persistent, online, newest, open } = played()
  await online()
  persistent.wake()
  expect(newest().verify).toHaveBeenCalledOnce()
  newest().events.onEnded(lost)
  persistent.wake()
  expect(open).toHaveBeenCalledTimes(2)
})

test('a message that is written retries at once, once a second at most, and leaves the back-off as it is', async () => {
  const { clock, persistent, online, newest, open, states } = played()
  await online()
  persistent.hurry()
  expect(open).toHaveBeenCalledOnce()
  for (let n = 0; n < 3; n++) {
    newest().events.onEnded(lost)
    persistent.hurry()
    await settle()
  }
  expect(open).toHaveBeenCalledTimes(2)
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', attempt: 2 })
  clock.advance(1000)
  persistent.hurry()
  expect(open).toHaveBeenCalledTimes(3)
})

test('dropped, it retries later', async () => {
  const { persistent, online, states } = played()
  await online()
  persistent.drop({ code: 'disk-full' })
  expect(states.at(-1)).toMatchObject({ phase: 'waiting', error: { code: 'disk-full' } })
})
