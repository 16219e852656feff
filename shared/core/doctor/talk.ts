/** The steps of STOMP: CONNECTED, SUBSCRIBE and the echo of a message, through a session as the app has them. */
import type { Cure, Problem, Step } from '../../contract/doctor.ts'
import { toAppError, type AppError, type ErrorCode } from '../../contract/errors.ts'
import { chatType, messageIdSchema, type Message, type Room } from '../../contract/model.ts'
import type { Dialect, ReceivedFrame } from '../dialect/dialect.ts'
import type { Ports } from '../ports.ts'
import type { Connecting } from '../servers/connecting.ts'
import { CheckedSession } from './checked-session.ts'
import { fact, failed, passed, skipped, timed, warned, type Found } from './found.ts'

/** Milliseconds to wait for each answer. A session that does not connect ends by itself, a little earlier. */
const deadlines = { connect: 20_000, subscribe: 4000, echo: 8000 }

export interface TalkOptions {
  ports: Pick<Ports, 'clock' | 'ids' | 'cache'>
  connecting: Connecting
  /** A room to subscribe to; null where the person is in none. */
  room: Room | null
  /** What to say in that room; null for nothing. */
  test: string | null
}

const editUrl: Cure = { kind: 'editServer', field: 'url' }
const editPasscode: Cure = { kind: 'editServer', field: 'passcode' }

const editToken: Cure = { kind: 'editServer', field: 'token' }
const editDestinations: Cure = { kind: 'editServer', field: 'destinations' }

const cures: Readonly<Partial<Record<ErrorCode, Cure>>> = {
  'passcode-wrong': editPasscode,
  'passcode-missing': editPasscode,
  'login-refused': editPasscode,
  'access-refused': editPasscode,
  'name-taken': { kind: 'changeName' },
  'virtual-host-unknown': { kind: 'editServer', field: 'virtualHost' },
  'token-missing': editToken,
  'token-expired': editToken,
  'token-refused': editToken,
  'token-unusable': editToken,
  'token-command-failed': editToken,
  'token-login-failed': editToken,
  'server-not-stomp': editUrl,
  'server-own': editUrl,
}

/** @returns the error with the server's name in its sentence. */
const problemOf = ({ code, ...rest }: AppError, host: string, silent: Problem['code']): Problem =>
  code === 'connection-lost' ? { code: silent, params: { host } } : { code, ...rest }

/** Carries out the steps, and closes the session. Ends with the first step that fails. */
export async function* talk(options: TalkOptions): AsyncGenerator<Step> {
  const { clock } = options.ports
  const session = new CheckedSession(options.connecting, clock)
  try {
    const connected = await timed('connect', clock.now, () => connect(session, options))
    yield connected.step
    const dialect = connected.next
    if (!dialect) return
    const subscribed = await timed('subscribe', clock.now, () => subscribe(session, dialect, options))
    yield subscribed.step
    const room = subscribed.next
    if (!room) return
    yield (await timed('echo', clock.now, () => echo(session, dialect, room, options))).step
  } finally {
    await session.close()
  }
}

const connect = async (
  session: CheckedSession,
  { connecting }: TalkOptions,
  isAgain = false,
): Promise<Found<Dialect>> => {
  const { host, name, virtualHost } = connecting.addressee()
  const asked = () => [fact('login', name), fact('virtualHost', virtualHost), ...session.takeFacts()]
  try {
    await session.open()
  } catch (thrown) {
    const error = toAppError(thrown)
    return failed(error, [], cures[error.code] ?? null)
  }
  const outcome = await session.signs.wait(sign => {
    if (sign.name === 'connected') return sign.dialect
    return sign.name === 'ended' ? sign.error : undefined
  }, deadlines.connect)
  if (outcome && 'kind' in outcome) return passed(outcome, asked())
  const error = outcome ?? { code: 'connection-lost' as const }
  // The app gives a server without a set virtual host another try, with another one.
  if (!isAgain && connecting.addressee().virtualHost !== virtualHost) {
    session.takeFacts()
    return connect(session, { connecting } as TalkOptions, true)
  }
  return failed(problemOf(error, host, 'server-silent'), asked(), cures[error.code] ?? null)
}

/** Whether a subscription would take messages away from others who share it. */
const takesAway = ({ ack = 'auto' }: Readonly<Record<string, string>>): boolean => ack !== 'auto'

const subscribe = async (
  session: CheckedSession,
  dialect: Dialect,
  { ports, room, connecting }: TalkOptions,
): Promise<Found<Room>> => {
  if (!room) return skipped({ code: 'room-missing' })
  const resumed = await ports.cache.resumePoint(room.key)
  const from = resumed === null ? null : resumed.offset + 1
  const [wanted] = dialect.roomSubscriptions(room.roomId, from)
  if (!wanted) return skipped({ code: 'room-missing' })
  const destination = fact('destination', wanted.destination)
  if (takesAway(wanted.headers)) return skipped({ code: 'subscription-not-tried' }, [destination])
  session.subscribe(wanted)
  const outcome = await session.signs.wait(sign => {
    if (sign.name === 'subscribed' || sign.name === 'message') return 'subscribed' as const
    return sign.name === 'refused' || sign.name === 'ended' ? sign.error : undefined
  }, deadlines.subscribe)
  const facts = [destination, ...session.takeFacts()]
  const { host } = connecting.addressee()
  if (outcome === null) return warned(room, { code: 'subscription-silent', params: { host } }, facts)
  if (outcome === 'subscribed') return passed(room, facts)
  const isSilent = outcome.code === 'connection-lost'
  const message = String(outcome.params?.message ?? '')
  if (isSilent || message === '') return failed(problemOf(outcome, host, 'server-hangs-up'), facts, editUrl)
  return failed({ code: 'subscription-refused', params: { host, message } }, facts, editDestinations)
}

const echo = async (
  session: CheckedSession,
  dialect: Dialect,
  room: Room,
  { ports, connecting, test }: TalkOptions,
): Promise<Found<true>> => {
  if (test === null)
    return skipped({ code: 'test-not-sent', params: { room: room.name } }, [], {
      kind: 'sendTest',
      room: room.key,
    })
  const { host, name } = connecting.addressee()
  const id = messageIdSchema.parse(ports.ids.next())
  const message = testMessage(room, { id, name, content: test, now: ports.clock.now() })
  const sending = dialect.encode(room.roomId, message)
  session.send(sending)
  const outcome = await session.signs.wait(sign => {
    if (sign.name === 'message') return isEcho(sign.frame, message) ? ('echoed' as const) : undefined
    return sign.name === 'refused' || sign.name === 'ended' ? sign.error : undefined
  }, deadlines.echo)
  const facts = [fact('destination', sending.destination), ...session.takeFacts()]
  if (outcome === 'echoed') return passed(true, facts)
  if (outcome === null)
    return failed({ code: 'echo-missing', params: { room: room.name } }, facts, editDestinations)
  const words = String(outcome.params?.message ?? '')
  if (words === '') return failed(problemOf(outcome, host, 'server-hangs-up'), facts, editUrl)
  return failed({ code: 'test-refused', params: { host, message: words } }, facts, editDestinations)
}

/** Other servers give the message another id, and may change its shape, but not its text. */
const isEcho = ({ body }: ReceivedFrame, { id, content }: Message): boolean =>
  body.includes(id) || body.includes(JSON.stringify(content).slice(1, -1))

const testMessage = (
  room: Room,
  { id, name, content, now }: Pick<Message, 'id' | 'content'> & { name: string; now: number },
): Message => ({
  room: room.key,
  id,
  type: chatType,
  sender: name,
  senderId: null,
  content,
  sentAt: now,
  receivedAt: now,
  offset: null,
  sortAt: now,
  seq: 0,
  own: true,
  delivery: 'sent',
  failure: null,
  mentionsMe: false,
})
