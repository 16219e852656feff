/** The chat host: a broker with rooms, history and identity behind it. Runs on the thread that opens it. */
import { setImmediate } from 'node:timers/promises'
import type { Failure } from '../../shared/contract/errors.ts'
import { createBroker, type Broker } from '../broker/broker.ts'
import type { Listening } from '../broker/transport/listen-socket.ts'
import { listenTcp } from '../broker/transport/listen-tcp.ts'
import { listenWs } from '../broker/transport/listen-ws.ts'
import { lanAddresses, reachableUrls, tcpUrl } from './network/addresses.ts'
import { createAccess } from './rooms/access.ts'
import { ownCertificate } from './admission/certificate.ts'
import type { AppContext } from './app/context.ts'
import { removeRoom } from './app/delete-room.ts'
import { jsonHeaders, jsonMessage } from './wire/json-body.ts'
import { createFigures } from './observe/figures.ts'
import { openHistory, type History } from './history/history.ts'
import { defaultKeepFree } from './history/free-space.ts'
import { defaultKeep } from './history/retention.ts'
import { createHooks } from './app/hooks.ts'
import { createIdentity, defaultMaxNames, nameTaken } from './admission/identity.ts'
import { createMeasuring } from './observe/measuring.ts'
import type { Certificate, HostCounts, HostOptions, LocalHost } from './ports/options.ts'
import { checkPasscode } from './admission/passcode.ts'
import { outwardAddress } from './network/interfaces.ts'
import { KnownPeople } from './rooms/known-people.ts'
import { createPeople } from './rooms/people.ts'
import { Turns } from './limits/turns.ts'
import type { KnownPerson } from './ports/directory.ts'
import { createGroupCommit } from './rooms/group-commit.ts'
import { createLocalFanout } from './rooms/local-fanout.ts'
import { createLocalPresence } from './rooms/local-presence.ts'
import { createPresenceEvents } from './rooms/presence-events.ts'
import { refusal } from './wire/refusal.ts'
import { createRoomEvents, type RoomEvents } from './rooms/room-events.ts'
import { roomDestination } from '../../shared/protocol/destinations.ts'
import { firstRoomId, Rooms } from './rooms/rooms.ts'
import { roomStreams } from './rooms/room-streams.ts'
import { createSendRate, defaultSendBytes } from './limits/send-rate.ts'
import { openTails } from './rooms/tails.ts'
import { keepTrimmed } from './rooms/trimming.ts'
import { createTyping } from './rooms/typing.ts'

/** Milliseconds by a clock that is never set back. */
const elapsed = (): number => performance.now()

/** @param ws the listener that there is; it closes where this one can't open. */
const openTcp = async (
  broker: Broker,
  { bind, tcpPort = null }: HostOptions,
  tls: Certificate | undefined,
  ws: Listening,
): Promise<Listening | null> => {
  if (tcpPort === null) return null
  try {
    return await listenTcp({ broker, bind, port: tcpPort, tls })
  } catch (thrown) {
    await ws.close()
    throw thrown
  }
}

/** The first one who comes from the host's own computer, and can be known again, owns the first room, and with it the host. */
const giveFirstRoom = async (rooms: Rooms, personId: string): Promise<void> => {
  const room = rooms.find(firstRoomId)
  if (room && ![...room.standings.values()].includes('owner'))
    await rooms.setStanding(room, personId, 'owner')
}

/** A direct room has the name of the other person, so that a new name is told at once. */
const tellDirectRooms = (rooms: Rooms, events: RoomEvents, { personId }: KnownPerson): void => {
  for (const room of rooms.list())
    if (room.kind === 'direct' && room.standings.has(personId)) events.tell('ROOM_CHANGED', room)
}

const run = async (
  options: HostOptions,
  history: History,
  tls: Certificate | undefined,
): Promise<LocalHost> => {
  const { bind, port, allowedHosts, log } = options
  const people = createPeople()
  const fanout = createLocalFanout(() => broker, people)
  const presence = createLocalPresence(people)
  const turns = new Turns()
  const failure = (thrown: unknown): Failure => history.failure(thrown)
  const content = await history.directory.read()
  const known = new KnownPeople(history.directory, content.people)
  const rooms = new Rooms({
    directory: history.directory,
    content,
    isEmpty: roomId => isEmpty(roomId),
    now: Date.now,
    elapsed,
  })
  await rooms.open(options.firstRoom ?? 'general')
  const identity = createIdentity({
    known,
    turns,
    failure,
    passcode: options.passcode,
    hostName: options.name,
    maxNames: (options.maxNames ?? defaultMaxNames) || Infinity,
    now: Date.now,
    elapsed,
    hostOwners: () => access.hostOwners(),
    onLocal: personId => turns.take(() => giveFirstRoom(rooms, personId)),
    onClaimed(person) {
      fanout.closeNamesakes(person, nameTaken(person.name).refusal)
      tellDirectRooms(rooms, events, person)
    },
  })
  const tails = await openTails(history.log, Date.now)
  const messages = createGroupCommit({
    log: history.log,
    rooms,
    tails,
    failure,
    publish: ({ roomId, kind }, { offset, body }) =>
      fanout.publish(roomDestination(roomId), {
        headers: jsonHeaders,
        body,
        offset,
        byNameOnly: kind !== 'public',
      }),
  })
  /** What is being stored counts. */
  const isEmpty = (roomId: string): boolean => tails.next(roomId) === 0 && !messages.isPending(roomId)
  const announcing = {
    hasListeners: (roomId: string, destination: string) =>
      fanout.hasListeners(destination, rooms.find(roomId)?.kind !== 'public'),
    publish: (roomId: string, destination: string, event: unknown) => {
      const room = rooms.find(roomId)
      if (room) fanout.publish(destination, { ...jsonMessage(event), byNameOnly: room.kind !== 'public' })
    },
  }
  const access = createAccess(rooms)
  const events = createRoomEvents({
    fanout,
    presence,
    known,
    access,
    nextOffset: roomId => tails.next(roomId),
  })
  const presenceEvents = createPresenceEvents({ ...announcing, rooms, presence, log })
  const typing = createTyping({ ...announcing, now: elapsed })
  const sendRate = createSendRate({
    bytesPerSecond: (options.sendBytes ?? defaultSendBytes) || Infinity,
    now: elapsed,
  })
  const app: AppContext = {
    known,
    turns,
    failure,
    rooms,
    access,
    presence,
    fanout,
    typing,
    events,
    destinations: {
      openedDestinations: () => broker.openedDestinations(),
      removeDestination: destination => broker.removeDestination(destination),
    },
    messages,
    tails,
  }
  const broker = createBroker({
    hooks: createHooks({ identity, people, presence: presenceEvents, sendRate, app }),
    streams: roomStreams(history.log, rooms),
    serverName: `stompbox/${options.version}`,
    limits: options.limits,
    log,
  })
  const addresses = lanAddresses(undefined, { outward: await outwardAddress() })
  const ws = await listenWs({ broker, bind, port, tls, allowedHosts })
  const tcp = await openTcp(broker, options, tls, ws)
  const secure = tls !== undefined
  const stopTrimming = keepTrimmed({
    messages: history.log,
    rooms,
    isEmpty,
    keep: { ...defaultKeep, ...options.keep },
    isHeard: ({ roomId }) => fanout.hasListeners(roomDestination(roomId), true),
    remove: room => turns.take(() => removeRoom(app, room)),
    now: Date.now,
    log,
  })
  const counts = (): HostCounts => ({ ...broker.counts(), messagesStored: tails.stored() })
  const measuring = createMeasuring(
    createFigures({
      counts,
      rooms,
      tails,
      clients: () => people.clients(),
      crowdedAddress: () => broker.crowdedAddress(),
      queues: () => broker.openedDestinations(),
    }),
    log,
  )
  log.info('host opened', { bind, port: ws.port, tcpPort: tcp?.port, secure })

  const close = async (): Promise<void> => {
    const free = Promise.all([ws.close(), tcp?.close()])
    const trimmed = stopTrimming()
    sendRate.stop()
    await setImmediate()
    await messages.settled()
    // Sends the RECEIPTs of the last group before the connections end.
    await setImmediate()
    await broker.close(refusal('host-closing', 'the host is closing: connect again later'))
    await Promise.all([free, trimmed, messages.settled()])
    measuring.stop()
    people.stop()
    presenceEvents.stop()
    typing.stop()
    history.close()
    log.info('host closed')
  }
  let closed: Promise<void> | undefined

  return {
    port: ws.port,
    ws: reachableUrls(bind, ws.port, addresses, secure)[0] ?? '',
    tcp: tcp && tcpUrl(bind, tcp.port, addresses, secure),
    fingerprint: tls?.fingerprint ?? null,
    people: () => people.list(),
    onPeopleChanged: listener => people.onChanged(listener),
    onMeasured: listener => measuring.onMeasured(listener),
    setPasscode: passcode =>
      new Promise(resolve => {
        checkPasscode(bind, passcode)
        identity.setPasscode(passcode)
        resolve()
      }),
    introduce: async runner => {
      const personId = await identity.introduce(runner).catch((thrown: unknown) => {
        throw failure(thrown)
      })
      if (personId !== null) log.info('owner has another device key', { personId })
    },
    counts,
    stop: () => (closed ??= close()),
  }
}

/**
 * Opens a host.
 * @throws {Failure} as {@link checkPasscode}; `port-in-use`, `port-forbidden`, `address-invalid`; `disk-full`, `disk-readonly`, `cache-corrupt`, `cache-newer`, `cache-locked`, `cache-failed`; as
 *   {@link ownCertificate}.
 */
export const openHost = async (options: HostOptions): Promise<LocalHost> => {
  checkPasscode(options.bind, options.passcode)
  const tls = options.tls === 'own' ? await ownCertificate(options.dataDir) : options.tls
  const history = openHistory({
    folder: options.dataDir,
    keepFree: options.keepFree ?? defaultKeepFree,
    now: Date.now,
    log: options.log,
  })
  try {
    return await run(options, history, tls)
  } catch (thrown) {
    history.close()
    throw history.failure(thrown)
  }
}
