/** People with a messenger each, for tests of several at once; all of it ends with the test. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openHost } from '../../../main/host/host.ts'
import type { HostOptions, RunningHost } from '../../../main/host/ports/options.ts'
import type { MessengerEvent } from '../../../shared/contract/messenger-commands.ts'
import type {
  ConnectionState,
  Message,
  Room,
  RoomKey,
  RoomMembers,
  ServerId,
} from '../../../shared/contract/model.ts'
import { profileOf } from '../../../shared/contract/profile.ts'
import type { WatchLevel } from '../../../shared/contract/window-commands.ts'
import { createMessenger, type Messenger } from '../../../shared/core/commands/messenger.ts'
import type { Dialects } from '../../../shared/core/dialect/dialects.ts'
import type { Ports } from '../../../shared/core/ports.ts'
import { emptyDisk, type MemoryDisk } from './memory-cache.ts'
import { memorySecrets, realPorts, silentLog } from './real-ports.ts'
import { until } from './until.ts'

/** @returns a folder that is removed after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'stompbox-core-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

export const startHost = async (change: Partial<HostOptions> = {}): Promise<RunningHost> => {
  const host = await openHost({
    bind: '127.0.0.1',
    port: 0,
    dataDir: change.dataDir ?? (await temporaryFolder()),
    logWorker: new URL('../../../main/host/history/worker.ts', import.meta.url).href,
    passcode: null,
    name: 'Box',
    version: '0.0.0',
    log: silentLog,
    ...change,
  })
  onTestFinished(() => host.stop())
  return host
}

/** Somebody at a computer; what is on its disk and in its key store outlives the messenger. */
export interface Somebody {
  messenger: Messenger
  events: MessengerEvent[]
  disk: MemoryDisk
  /** Ends the messenger, without a word to anybody if it is `killed`, and starts it again. */
  restart(change?: Partial<Ports>): Promise<void>
  connection(): ConnectionState
  serverId(): ServerId
  /** @returns the room of that name, as soon as it is there. */
  room(name: string): Promise<Room>
  messages(room: RoomKey): Promise<Message[]>
  texts(room: RoomKey): Promise<string[]>
  /** Has one window, and no other, watch a room; null: none. */
  watch(room: RoomKey | null, level?: WatchLevel): void
  /** The people of a room as they were told last; null: unknown. */
  members(room: RoomKey): RoomMembers | null
  errors(): string[]
}

const isMembersOf = (
  event: MessengerEvent,
  room: RoomKey,
): event is Extract<MessengerEvent, { name: 'membersChanged' }> =>
  event.name === 'membersChanged' && event.payload.room === room

export const somebody = async (
  name: string | null,
  change: Partial<Ports> = {},
  dialects?: Dialects,
): Promise<Somebody> => {
  const disk = emptyDisk()
  const keyStore = memorySecrets()
  const begin = async (ports: Partial<Ports>): Promise<Messenger> => {
    const messenger = createMessenger(realPorts({ secrets: keyStore, ...ports }, disk), dialects)
    messenger.onEvents(events => self.events.push(...events))
    await messenger.start()
    return messenger
  }
  const self: Somebody = {
    disk,
    events: [],
    messenger: createMessenger(realPorts()),
    async restart(ports = {}) {
      await self.messenger.stop()
      self.messenger = await begin(ports)
    },
    serverId() {
      const [server] = self.messenger.state().servers
      if (!server) throw new Error('there is no server')
      return server.id
    },
    connection: () => self.messenger.state().connections[self.serverId()] ?? { phase: 'off' },
    room: wanted =>
      until(() => {
        const room = self.messenger.state().rooms.find(each => each.name === wanted)
        if (!room) throw new Error(`${name ?? 'nobody'} sees no room ${wanted}`)
        return room
      }),
    messages: async room => (await self.messenger.commands.listMessages({ room, limit: 200 })).messages,
    texts: async room => (await self.messages(room)).map(message => message.content),
    watch: (room, level = 'open') => self.messenger.watch(self, room ? [{ room, level }] : []),
    members: room => self.events.findLast(event => isMembersOf(event, room))?.payload.members ?? null,
    errors: () => self.events.flatMap(event => (event.name === 'errorRaised' ? [event.payload.code] : [])),
  }
  self.messenger = await begin(change)
  onTestFinished(() => self.messenger.stop())
  if (name !== null) await self.messenger.commands.setPerson({ name })
  return self
}

/** What a person fills in to add a server, with the usual answers. */
export const serverAt = (url: string, passcode: string | null = null) => ({
  name: 'Box',
  url,
  profile: profileOf(),
  fingerprint: null,
  passcode,
})

/** What an invitation says; the usual accounts are left out. */
export const invitationTo = (
  url: string,
  fingerprint: string | null = null,
  passcode: string | null = null,
) => ({
  name: 'Box',
  url,
  fingerprint,
  passcode,
})

/** @returns a person, once they are online at this host. */
export const guestOf = async (
  host: { ws: string },
  name: string,
  change: Partial<Ports> = {},
): Promise<Somebody> => {
  const guest = await somebody(name, change)
  await guest.messenger.commands.addServer(serverAt(host.ws))
  await guest.room('general')
  return guest
}
