/** Sessions to a scripted server, for tests; all of it ends with the test. */
import { onTestFinished, expect, vi } from 'vitest'
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import type { Dialect } from '../../../shared/core/dialect/dialect.ts'
import { Session, type SessionOptions } from '../../../shared/core/session/session.ts'
import { createPoison } from '../../../shared/core/session/poison.ts'
import { spokenAt } from './dialect/spoken.ts'
import { fakeClock } from './fake-clock.ts'
import { realSockets, silentLog } from './real-ports.ts'
import { politeScript, startScriptedServer, type Script } from './scripted-server.ts'
import { until } from './until.ts'

export const addressee = { host: 'box:7070', name: '지우', virtualHost: 'box' }

/** A session that is connecting. */
export const open = async (script: Script, change: Partial<SessionOptions> = {}, autoPong = true) => {
  const server = await startScriptedServer(script, { autoPong })
  const clock = fakeClock()
  const connected = vi.fn<(dialect: Dialect) => void>()
  const error = vi.fn<(error: AppError) => void>()
  const ended = vi.fn<(error: AppError) => void>()
  const session = new Session({
    sockets: realSockets(),
    clock,
    log: silentLog,
    url: server.url,
    fingerprint: null,
    connectHeaders: { login: '지우', host: 'box', 'device-key': 'k' },
    addressee,
    poison: createPoison(() => addressee.host),
    dialectOf: spokenAt,
    onConnected: connected,
    onError: error,
    onEnded: ended,
    ...change,
  })
  onTestFinished(async () => {
    session.drop({ code: 'connection-lost' })
    await server.stop()
  })
  return { server, session, clock, connected, error, ended }
}

/** A session that has had its CONNECTED. */
export const online = async (
  script: Script = politeScript(),
  change: Partial<SessionOptions> = {},
  autoPong = true,
) => {
  const opened = await open(script, change, autoPong)
  await until(() => expect(opened.connected).toHaveBeenCalledOnce())
  return opened
}

/** @returns how it ended: the code of the failure, or `resolved with …`. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    value => `resolved with ${String(value)}`,
    (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
  )
