/**
 * Keeps a session to one server alive: connects, backs off after failures, and stops when only the person can fix the
 * error.
 */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { ConnectionState } from '../../contract/model.ts'
import { backOff } from './back-off.ts'
import type { Dialect } from '../dialect/dialect.ts'
import { isAbsence, maybeOfNetwork, needsPerson } from '../dialect/error-frames.ts'
import type { Clock, Ids } from '../ports.ts'
import type { Session, SessionOptions } from './session.ts'

/** Milliseconds online after which the back-off starts over. */
const stableAfter = 30_000
/** The fewest milliseconds between two attempts because the person writes: somebody may write without a pause. */
const hurriedEvery = 1000

export type SessionEvents = Pick<SessionOptions, 'onConnected' | 'onEnded'>

export interface PersistentSessionOptions {
  clock: Clock
  ids: Ids
  /** Opens one session. A rejection is a failed attempt. */
  open(events: SessionEvents): Promise<Session>
  /** See {@link needsPerson}. */
  letIn: () => boolean
  onState(state: ConnectionState): void
  onOnline(session: Session, dialect: Dialect): void
  /** Called once for each {@link onOnline}. */
  onOffline(): void
}

export class PersistentSession {
  readonly #options: PersistentSessionOptions
  #state: ConnectionState = { phase: 'off' }
  #session: Session | null = null
  /** The attempt or session whose events count. */
  #attempt: object | null = null
  #failures = 0
  #outageSince: number | null = null
  /** The error with which the server closed, until it is back or another error occurs. */
  #farewell: AppError | null = null
  #cancelRetry = (): void => undefined
  #hasHurried = false

  constructor(options: PersistentSessionOptions) {
    this.#options = options
  }

  /** Connects; at once if it is waiting or was refused. */
  start(): void {
    if (this.#state.phase === 'online' || this.#state.phase === 'connecting') return
    this.#failures = 0
    this.#connect()
  }

  /** Disconnects and reconnects with the changed settings. */
  async restart(): Promise<void> {
    const left = this.#leave({ phase: 'connecting', attempt: 1 })
    const mine = (this.#attempt = {})
    await left
    if (this.#attempt === mine) await this.#open()
  }

  /** Disconnects and stays offline. */
  stop(): Promise<void> {
    return this.#leave({ phase: 'off' })
  }

  /** The computer has woken up, or its network is back: probes the connection, or retries at once unless only the person can help. */
  wake(): void {
    const state = this.#state
    if (state.phase === 'waiting' || (state.phase === 'refused' && maybeOfNetwork(state.error))) this.start()
    else if (state.phase === 'online') this.#session?.verify()
  }

  /** The person has written something: retries at once, and does not change the back-off. */
  hurry(): void {
    if (this.#state.phase !== 'waiting' || this.#hasHurried) return
    this.#hasHurried = true
    this.#options.clock.after(hurriedEvery, () => {
      this.#hasHurried = false
    })
    this.#connect()
  }

  /** Ends the session because of `error` and retries later. @returns false without a session. */
  drop(error: AppError): boolean {
    if (this.#state.phase !== 'online' || !this.#session) return false
    this.#session.drop(error)
    return true
  }

  #become(next: ConnectionState): void {
    const wasOnline = this.#state.phase === 'online'
    this.#state = next
    if (wasOnline) this.#options.onOffline()
    this.#options.onState(next)
  }

  #connect(): void {
    this.#cancelRetry()
    const farewell = this.#farewell
    this.#become({ phase: 'connecting', attempt: this.#failures + 1, ...(farewell && { error: farewell }) })
    void this.#open()
  }

  async #open(): Promise<void> {
    const mine = {}
    this.#attempt = mine
    const isMine = (): boolean => this.#attempt === mine
    try {
      const opened = await this.#options.open({
        onConnected: dialect => {
          if (isMine()) this.#connected(dialect)
        },
        onEnded: error => {
          if (isMine()) this.#failed(error)
        },
      })
      if (isMine()) this.#session = opened
      else await opened.close()
    } catch (thrown) {
      if (isMine()) this.#failed(toAppError(thrown))
    }
  }

  #connected(dialect: Dialect): void {
    const session = this.#session
    if (!session) return
    this.#outageSince = null
    this.#farewell = null
    this.#become({ phase: 'online', since: this.#options.clock.now() })
    this.#options.onOnline(session, dialect)
  }

  #failed(failure: AppError): void {
    const { clock, ids, letIn } = this.#options
    const now = clock.now()
    const state = this.#state
    if (failure.code === 'host-closing') this.#farewell = failure
    else if (!isAbsence(failure)) this.#farewell = null
    const error = this.#farewell ?? failure
    if (state.phase === 'online' && now - state.since >= stableAfter) this.#failures = 0
    this.#failures++
    this.#session = null
    this.#attempt = null
    const since = (this.#outageSince ??= now)
    if (needsPerson(error, letIn())) {
      this.#become({ phase: 'refused', since, error })
      return
    }
    const delay = backOff(this.#failures, ids.random())
    this.#cancelRetry = clock.after(delay, () => this.#connect())
    this.#become({ phase: 'waiting', attempt: this.#failures, since, retryAt: now + delay, error })
  }

  /** Ends the current attempt or session with a DISCONNECT. */
  async #leave(next: ConnectionState): Promise<void> {
    const leaving = this.#session
    this.#cancelRetry()
    this.#session = null
    this.#attempt = null
    this.#failures = 0
    this.#outageSince = null
    this.#farewell = null
    this.#become(next)
    await leaving?.close()
  }
}
