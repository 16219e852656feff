/** Chooses the message about a lost or refused connection, and its one remedy. */
import type { AppError, ErrorCode } from '../../shared/contract/errors.ts'
import type { ConnectionState, HostState, ServerProfile } from '../../shared/contract/model.ts'

export type Remedy =
  | 'boxOn'
  | 'connect'
  | 'tryNow'
  | 'changePasscode'
  | 'changeName'
  | 'changeToken'
  | 'changeVirtualHost'
  | 'edit'
  | 'renewKey'

/** Keys of `servers.banner`, with their values. */
export interface Trouble {
  /** What happened. */
  title: 'boxOff' | 'off' | 'closed' | 'lost' | 'unreached' | 'refused'
  /** A further sentence, where the title is not enough. */
  error: AppError | null
  /** What happens next: a text, or the time of the next attempt in milliseconds since the epoch. */
  next: 'boxOffText' | 'offText' | 'closedText' | 'retryNow' | { retryAt: number } | null
  /** Null during an attempt. */
  remedy: Remedy | null
}

const remedies: Partial<Record<ErrorCode, Remedy>> = {
  'passcode-wrong': 'changePasscode',
  'login-refused': 'changePasscode',
  'name-taken': 'changeName',
  'access-refused': 'edit',
  'virtual-host-unknown': 'changeVirtualHost',
  'token-missing': 'changeToken',
  'token-expired': 'changeToken',
  'token-refused': 'changeToken',
  'token-unusable': 'changeToken',
  'token-command-failed': 'changeToken',
  'token-login-failed': 'changeToken',
  'secret-missing': 'edit',
  'url-invalid': 'edit',
  'server-own': 'edit',
  'server-not-stomp': 'edit',
  'version-unsupported': 'edit',
  'tls-required': 'edit',
  'certificate-refused': 'edit',
  'certificate-changed': 'edit',
}

/** @returns whether a check of the connection may find the cause: not of what the person has switched off. */
export const canBeChecked = ({ title }: Trouble): boolean => title !== 'off' && title !== 'boxOff'

/** A server without a state yet is about to connect. */
export const isOnline = (connection: ConnectionState | undefined): boolean =>
  connection === undefined || connection.phase === 'online' || isFirstTry(connection)

const isFirstTry = (connection: ConnectionState): boolean =>
  connection.phase === 'connecting' && connection.attempt <= 1

/** The server was switched off on purpose; Stompbox retries silently. */
const closed: Trouble = { title: 'closed', error: null, next: 'closedText', remedy: 'tryNow' }

/**
 * @param host the embedded host; null if there is none.
 * @returns the message about the connection to `server`; null if it is online, or connecting for the first time.
 */
export const troubleOf = (
  server: Pick<ServerProfile, 'own'>,
  connection: ConnectionState | undefined,
  host: HostState | null,
): Trouble | null => {
  if (!connection || isOnline(connection)) return null
  if (server.own && host && (host.phase === 'off' || host.phase === 'failed')) {
    return {
      title: 'boxOff',
      error: host.phase === 'failed' ? host.error : null,
      next: 'boxOffText',
      remedy: 'boxOn',
    }
  }
  switch (connection.phase) {
    case 'off':
      return { title: 'off', error: null, next: 'offText', remedy: 'connect' }
    case 'connecting':
      if (connection.error) return closed
      return { title: 'unreached', error: null, next: 'retryNow', remedy: null }
    case 'waiting': {
      const { error, retryAt } = connection
      if (error.code === 'host-closing') return closed
      const lost = error.code === 'connection-lost'
      return {
        title: lost ? 'lost' : 'unreached',
        error: lost ? null : error,
        next: { retryAt },
        remedy: error.code === 'secrets-locked' ? 'renewKey' : 'tryNow',
      }
    }
    case 'refused': {
      const { error } = connection
      return { title: 'refused', error, next: null, remedy: remedies[error.code] ?? 'tryNow' }
    }
    case 'online':
      return null
  }
}
