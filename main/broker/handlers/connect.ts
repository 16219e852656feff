import { versions, type Version } from '../../../shared/stomp/frame.ts'
import { ConnectedClient } from '../connection/connected-client.ts'
import { causeOf } from '../connection/connection.ts'
import type { Admission } from '../options/hooks.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { wireFormat } from '../frames/wire-format.ts'
import type { Handler } from './handler.ts'

/** @returns the highest version that both sides support; a peer that names none speaks 1.0 (STOMP 1.2, "Protocol Negotiation"). */
const negotiate = (accepted: string | undefined): Version => {
  const offered = accepted === undefined ? ['1.0'] : accepted.split(',').map(version => version.trim())
  const version = versions.find(candidate => offered.includes(candidate))
  if (version) return version
  throw new ProtocolError(
    'Unsupported version',
    `This broker speaks STOMP ${versions.toReversed().join(', ')}; accept-version names none of them.`,
    { version: versions.toReversed().join(',') },
  )
}

const parseHeartBeat = (header: string | undefined): { canSend: number; wants: number } => {
  const [, canSend, wants] = /^(\d{1,9}),(\d{1,9})$/.exec((header ?? '0,0').replaceAll(' ', '')) ?? []
  if (canSend === undefined || wants === undefined)
    throw new ProtocolError(
      'Bad heart-beat',
      'heart-beat is two numbers of milliseconds, such as 10000,10000.',
    )
  return { canSend: Number(canSend), wants: Number(wants) }
}

/** CONNECT or STOMP: negotiates version and heart-beats, and asks the application to admit the peer. */
export const connect: Handler = (connection, frame) => {
  if (connection.phase !== 'connecting')
    throw new ProtocolError('Already connected', 'A connection has one CONNECT; this is the second.')
  const { hooks, limits, clock, serverName } = connection.context
  const version = negotiate(frame.headers.get('accept-version'))
  const heartBeat = parseHeartBeat(frame.headers.get('heart-beat'))
  const { address, loopback, framing } = connection.transport
  // 1.0 does not define spaces, and its clients write one after the colon. Some clients send an empty header for an unset value.
  const read = (name: string): string | undefined => {
    const value = frame.headers.get(name)
    const meant = version === '1.0' ? value?.trim() : value
    return meant === '' ? undefined : meant
  }

  const answer = (admission: Admission): void => {
    if (connection.phase === 'closed') return
    if (!admission.ok) {
      connection.fail(admission.refusal, causeOf(frame))
      return
    }
    const client = new ConnectedClient(connection, admission.principal)
    connection.open(client, wireFormat(version, framing))
    connection.durableOwner = `${read('login') ?? ''}\n${read('client-id') ?? ''}`
    connection.heartBeats.agree(limits.heartBeat, heartBeat, clock.now())
    connection.send('CONNECTED', [
      ['version', version],
      ['server', serverName],
      ['session', connection.id],
      ['heart-beat', `${limits.heartBeat},${limits.heartBeat}`],
      ...Object.entries(admission.headers ?? {}),
    ])
    hooks.connected?.(client)
  }

  const admission = hooks.admit({
    login: read('login'),
    passcode: read('passcode'),
    headers: frame.headers,
    address,
    loopback,
  })
  if (!(admission instanceof Promise)) {
    answer(admission)
    return
  }
  connection.phase = 'admitting'
  return admission.then(answer)
}
