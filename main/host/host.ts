/** The chat host: a broker, its chat and its history. Runs on the calling thread. */
import { setImmediate } from 'node:timers/promises'
import { roomDestination } from '../../shared/protocol/destinations.ts'
import { Broker } from '../broker/broker.ts'
import { ownCertificate } from './admission/certificate.ts'
import { checkPasscode } from './admission/passcode.ts'
import { removeRoom } from './app/delete-room.ts'
import { openChat, type Chat } from './chat.ts'
import { fileHandler } from './files/http.ts'
import { defaultKeepFree } from './history/free-space.ts'
import { openHistory, type History } from './history/history.ts'
import { defaultKeep } from './history/retention.ts'
import { openListeners } from './network/listeners.ts'
import { createFigures } from './observe/figures.ts'
import { createMeasuring, type Measuring } from './observe/measuring.ts'
import type { Certificate, HostCounts, HostOptions, LocalHost } from './ports/options.ts'
import { roomStreams } from './rooms/room-streams.ts'
import { keepTrimmed } from './rooms/trimming.ts'
import { refusal } from './wire/refusal.ts'

/** @returns the function that stops it, as {@link keepTrimmed}. */
const startTrimming = ({ app, isEmpty }: Chat, history: History, { keep, log }: HostOptions) =>
  keepTrimmed({
    messages: history.log,
    rooms: app.rooms,
    isEmpty,
    keep: { ...defaultKeep, ...keep },
    isHeard: ({ roomId }) => app.fanout.hasListeners(roomDestination(roomId), true),
    sweepFiles: () =>
      app.files.files.sweep(async roomId =>
        app.rooms.find(roomId) ? (await history.log.bounds(roomId)).first : null,
      ),
    remove: room => app.turns.take(() => removeRoom(app, room)),
    now: Date.now,
    log,
  })

const fileHandlerOf = ({ app }: Chat, { log }: HostOptions) =>
  fileHandler({
    ...app.files,
    mayRead: (roomId, personId) => {
      const room = app.rooms.find(roomId)
      return room !== undefined && app.access.roleIn(room, personId) !== null
    },
    log,
  })

const startMeasuring = (
  { app, people }: Chat,
  broker: Broker,
  counts: () => HostCounts,
  { log }: HostOptions,
): Measuring =>
  createMeasuring(
    createFigures({
      counts,
      rooms: app.rooms,
      tails: app.tails,
      clients: () => people.clients(),
      crowdedAddress: () => broker.crowdedAddress(),
      queues: () => broker.openedDestinations(),
    }),
    log,
  )

const run = async (
  options: HostOptions,
  history: History,
  tls: Certificate | undefined,
): Promise<LocalHost> => {
  const { bind, log } = options
  const chat = await openChat(options, history, () => broker)
  const { app, people, identity, hooks } = chat
  const broker = new Broker({
    hooks,
    streams: roomStreams(history.log, app.rooms, app.tails),
    serverName: `stompbox/${options.version}`,
    limits: options.limits,
    log,
  })
  await history.ready()
  const listeners = await openListeners(broker, options, tls, [fileHandlerOf(chat, options)])
  const stopTrimming = startTrimming(chat, history, options)
  const counts = (): HostCounts => ({ ...broker.counts(), messagesStored: app.tails.stored() })
  const measuring = startMeasuring(chat, broker, counts, options)
  const { port, tcpPort, ws, tcp } = listeners
  log.info('host opened', { bind, port, tcpPort, secure: tls !== undefined })

  const close = async (): Promise<void> => {
    const free = listeners.close()
    const trimmed = stopTrimming()
    measuring.stop()
    chat.hurry()
    await setImmediate()
    await app.messages.settled()
    // Sends the RECEIPTs of the last group before the connections end.
    await setImmediate()
    await broker.close(refusal('host-closing', 'the host is closing: connect again later'))
    await Promise.all([free, trimmed, app.messages.settled()])
    chat.stop()
    await history.close()
    log.info('host closed')
  }
  let closed: Promise<void> | undefined

  return {
    port,
    ws,
    tcp,
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
        throw app.failure(thrown)
      })
      if (personId !== null) log.info('device key of the owner replaced', { personId })
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
    logWorker: new URL(options.logWorker),
    log: options.log,
  })
  try {
    return await run(options, history, tls)
  } catch (thrown) {
    await history.close()
    throw history.failure(thrown)
  }
}
