/** Keeps a session to one server going: connects, waits longer after every failure, stops where only the person can help. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { ConnectionState } from '../../contract/model.ts'
import { backOff } from './back-off.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { isAbsence, maybeOfNetwork, needsPerson } from '../dialect/error-frames.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Session, SessionOptions } from './session.ts'

/** Milliseconds online after which a loss is a new trouble and no sequel of the one before. */
const stableAfter = 30_000

export type SessionEvents = Pick<SessionOptions, 'onConnected' | 'onEnded'>

export interface PersistentSessionOptions {
  clock: Clock
  ids: Ids
  /** Opens one session. A rejection is a failed attempt. */
  open(events: SessionEvents): Promise<Session>
  /** As {@link needsPerson} takes it. */
  letIn(): boolean
  onState(state: ConnectionState): void
  onOnline(session: Session, dialect: Dialect): void
  /** Called once for each {@link onOnline}. */
  onOffline(): void
}

export interface PersistentSession {
  /** Connects, at once where it waits or was refused. */
  start: () => void
  /** Says good-bye to the server and connects anew, with whatever has changed. */
  restart: () => Promise<void>
  /** Says good-bye to the server and stays away. */
  stop: () => Promise<void>
  /** The computer or its network has come back: makes sure of the link, or tries at once unless only the person can help. */
  wake: () => void
  /** Gives the session up because of `error` and tries again later. @returns false where there is none. */
  drop: (error: AppError) => boolean
}

export const createPersistentSession = (options: PersistentSessionOptions): PersistentSession => {
  const { clock, ids } = options
  let state: ConnectionState = { phase: 'off' }
  let session: Session | null = null
  /** The attempt or session whose events count. */
  let turn: object | null = null
  let failures = 0
  let outageSince: number | null = null
  /** What the server said when it went down, until it is back or something else is wrong. */
  let farewell: AppError | null = null
  let cancelRetry: () => void = () => undefined

  const become = (next: ConnectionState): void => {
    const wasOnline = state.phase === 'online'
    state = next
    if (wasOnline) options.onOffline()
    options.onState(next)
  }

  const failed = (failure: AppError): void => {
    const now = clock.now()
    if (failure.code === 'host-closing') farewell = failure
    else if (!isAbsence(failure)) farewell = null
    const error = farewell ?? failure
    if (state.phase === 'online' && now - state.since >= stableAfter) failures = 0
    failures++
    session = null
    turn = null
    const since = (outageSince ??= now)
    if (needsPerson(error, options.letIn())) {
      become({ phase: 'refused', since, error })
      return
    }
    const delay = backOff(failures, ids.random())
    cancelRetry = clock.after(delay, connect)
    become({ phase: 'waiting', attempt: failures, since, retryAt: now + delay, error })
  }

  const attempt = async (): Promise<void> => {
    const mine = {}
    turn = mine
    const isMine = (): boolean => turn === mine
    try {
      const opened = await options.open({
        onConnected: dialect => {
          if (!isMine() || !session) return
          outageSince = null
          farewell = null
          become({ phase: 'online', since: clock.now() })
          options.onOnline(session, dialect)
        },
        onEnded: error => {
          if (isMine()) failed(error)
        },
      })
      if (isMine()) session = opened
      else await opened.close()
    } catch (thrown) {
      if (isMine()) failed(toAppError(thrown))
    }
  }

  const connect = (): void => {
    cancelRetry()
    become({ phase: 'connecting', attempt: failures + 1, ...(farewell && { error: farewell }) })
    void attempt()
  }

  /** Ends what is going on, and says good-bye to the server. */
  const leave = async (next: ConnectionState): Promise<void> => {
    const leaving = session
    cancelRetry()
    session = null
    turn = null
    failures = 0
    outageSince = null
    farewell = null
    become(next)
    await leaving?.close()
  }

  const start = (): void => {
    if (state.phase === 'online' || state.phase === 'connecting') return
    failures = 0
    connect()
  }

  return {
    start,
    async restart() {
      const left = leave({ phase: 'connecting', attempt: 1 })
      const mine = (turn = {})
      await left
      if (turn === mine) await attempt()
    },
    stop: () => leave({ phase: 'off' }),
    wake() {
      if (state.phase === 'waiting' || (state.phase === 'refused' && maybeOfNetwork(state.error))) start()
      else if (state.phase === 'online') session?.verify()
    },
    drop(error) {
      if (state.phase !== 'online' || !session) return false
      session.drop(error)
      return true
    },
  }
}
