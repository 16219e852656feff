/** Assembles the chat behind the broker from its parts: rooms, people, messages. */
import type { Failure } from '../../shared/contract/errors.ts'
import type { Broker } from '../broker/broker.ts'
import type { BrokerHooks } from '../broker/options/hooks.ts'
import { defaultMaxNames, Identity, nameTaken } from './admission/identity.ts'
import type { AppContext } from './app/context.ts'
import { createHooks } from './app/hooks.ts'
import { followFile } from './files/follow.ts'
import { openFiles } from './files/open.ts'
import { defaultKeepFree } from './history/free-space.ts'
import type { History } from './history/history.ts'
import { createSendRate, defaultSendBytes } from './limits/send-rate.ts'
import { Turns } from './limits/turns.ts'
import type { KnownPerson } from './ports/directory.ts'
import type { HostOptions } from './ports/options.ts'
import { isRelation } from './ports/room-log.ts'
import { createAccess } from './rooms/access.ts'
import { createGroupCommit } from './rooms/group-commit.ts'
import { KnownPeople } from './rooms/known-people.ts'
import { createLocalFanout } from './rooms/local-fanout.ts'
import { createLocalPresence } from './rooms/local-presence.ts'
import { createPeople, type People } from './rooms/people.ts'
import { createPresenceEvents } from './rooms/presence-events.ts'
import { createRoomEvents } from './rooms/room-events.ts'
import { createRoomFanout } from './rooms/room-fanout.ts'
import { firstRoomId, Rooms } from './rooms/rooms.ts'
import { openTails } from './rooms/tails.ts'
import { createTyping } from './rooms/typing.ts'

/** Milliseconds by a clock that is never set back. */
const elapsed = (): number => performance.now()

export interface Chat {
  readonly app: AppContext
  readonly people: People
  readonly identity: Identity
  /** The hooks that the broker calls. */
  readonly hooks: BrokerHooks
  /** @returns whether the room has no message; messages that are still being written count. */
  isEmpty: (roomId: string) => boolean
  /** Runs all delayed SENDs now. */
  hurry(): void
  /** Stops the timers. */
  stop(): void
}

/**
 * The first person who connects from the host's own computer with a device key becomes the owner of the first room, and
 * with it of the host.
 */
const giveFirstRoom = async (rooms: Rooms, personId: string): Promise<void> => {
  const room = rooms.find(firstRoomId)
  if (room && ![...room.standings.values()].includes('owner'))
    await rooms.setStanding(room, personId, 'owner')
}

/** A direct room is named after the other person, so a new name is announced at once. */
const tellDirectRooms = ({ rooms, events }: AppContext, { personId }: KnownPerson): void => {
  for (const room of rooms.list())
    if (room.kind === 'direct' && room.standings.has(personId)) events.tell('ROOM_CHANGED', room)
}

const openIdentity = (app: AppContext, options: HostOptions): Identity =>
  new Identity({
    known: app.known,
    turns: app.turns,
    failure: app.failure,
    passcode: options.passcode,
    hostName: options.name,
    maxNames: (options.maxNames ?? defaultMaxNames) || Infinity,
    now: Date.now,
    elapsed,
    hostOwners: () => app.access.hostOwners(),
    onLocal: personId => app.turns.take(() => giveFirstRoom(app.rooms, personId)),
    onClaimed(person) {
      app.fanout.closeNamesakes(person, nameTaken(person.name).refusal)
      tellDirectRooms(app, person)
    },
  })

/**
 * Reads the rooms and the known people, and creates the first room if it is missing.
 * @param broker returns the broker, which is made later because it needs the chat's hooks.
 */
export const openChat = async (
  options: HostOptions,
  history: History,
  broker: () => Broker,
): Promise<Chat> => {
  const failure = (thrown: unknown): Failure => history.failure(thrown)
  const people = createPeople()
  const fanout = createLocalFanout(broker, people)
  const presence = createLocalPresence(people)
  const { directory, log } = history
  const content = await directory.read()
  const known = new KnownPeople(directory, content.people)
  const tails = await openTails(log, Date.now)
  const isEmpty = (roomId: string): boolean => tails.next(roomId) === 0 && !messages.isPending(roomId)
  const rooms = new Rooms({ directory, content, isEmpty, now: Date.now, elapsed })
  const topics = createRoomFanout(fanout, rooms)
  const messages = createGroupCommit({
    log,
    rooms,
    tails,
    failure,
    elapsed,
    publish: topics.broadcast,
    told: (entry, stored) => {
      if (!isRelation(entry)) typing.stopped(entry.roomId, entry.senderId)
      followFile(files.files, options.log, entry, stored)
    },
  })
  const files = openFiles({
    dataDir: options.dataDir,
    records: history.files,
    keepFree: options.keepFree ?? defaultKeepFree,
    limits: options.files,
  })
  const access = createAccess(rooms)
  const nextOffset = (roomId: string): number => tails.next(roomId)
  const events = createRoomEvents({ fanout, presence, known, access, nextOffset })
  const presenceEvents = createPresenceEvents({ ...topics, rooms, presence, log: options.log })
  const typing = createTyping({ ...topics, now: elapsed })
  const bytesPerSecond = (options.sendBytes ?? defaultSendBytes) || Infinity
  const sendRate = createSendRate({ bytesPerSecond, now: elapsed })
  const app: AppContext = {
    known,
    turns: new Turns(),
    failure,
    rooms,
    access,
    presence,
    fanout,
    typing,
    events,
    destinations: {
      openedDestinations: () => broker().openedDestinations(),
      removeDestination: destination => broker().removeDestination(destination),
    },
    messages,
    tails,
    files,
  }
  const identity = openIdentity(app, options)
  await rooms.open(options.firstRoom ?? 'general')

  return {
    app,
    people,
    identity,
    hooks: createHooks({ identity, people, presence: presenceEvents, sendRate, app }),
    isEmpty,
    hurry: () => sendRate.stop(),
    stop: () => {
      people.stop()
      presenceEvents.stop()
      typing.stop()
    },
  }
}
