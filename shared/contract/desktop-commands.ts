/** The commands and events of the desktop app alone: its window, its settings, the embedded host. */
import { z } from 'zod'
import { command } from './command.ts'
import type { HostMeasure } from './host-measure.ts'
import { maxDraftLength } from './messenger-commands.ts'
import {
  roomKeySchema,
  serverIdSchema,
  type HostState,
  type Language,
  type Nearby,
  type RoomKey,
  type Settings,
} from './model.ts'

/** What came of a damaged cache. */
export const cacheRecoverySchema = z.strictObject({
  /** The damaged file, which was put aside. */
  aside: z.string(),
  /** When it was found. Milliseconds since the epoch. */
  at: z.number(),
  /** How many messages could be saved, and how many of them were not sent yet. */
  messages: z.int().min(0),
  unsent: z.int().min(0),
  drafts: z.int().min(0),
})
export type CacheRecovery = z.infer<typeof cacheRecoverySchema>

/** How a room can be exported. */
export const exportFormats = ['html', 'markdown', 'csv', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** How long messages are kept on this computer. */
export const retentions = ['everything', 'year', '90-days', '30-days'] as const
export type Retention = (typeof retentions)[number]

/** What the cache takes on the disk. */
export interface StorageUse {
  /** The size of its file, and how much of that is not used. */
  bytes: number
  unused: number
  messages: number
}

/** What takes so long that the person may cancel it. */
export type TaskKind = 'export'

/** Everything that the desktop app knows at one moment. */
export interface DesktopState {
  settings: Settings
  host: HostState
  platform: 'linux' | 'darwin' | 'win32'
  version: string
  /** The language of the system, or English if Stompbox does not speak it. */
  systemLanguage: Language
  /** False if secrets are only obscured on disk, because the system has no key store. */
  secretsEncrypted: boolean
  /** The latest recovery of the cache, until the person has dismissed it. */
  recovery: CacheRecovery | null
  /** The task that is running; `name` is what it is about, and `total` is 0 until it is known. */
  task: { kind: TaskKind; name: string; done: number; total: number } | null
  /** The operating system's window. */
  window: { focused: boolean; maximized: boolean }
}

/** Menu entries and shortcuts that the window executes. */
export const windowActions = [
  'openSearch',
  'openSettings',
  'openHost',
  'createRoom',
  'addServer',
  'nextRoom',
  'previousRoom',
] as const
export type WindowAction = (typeof windowActions)[number]

/** The least number of characters in the passcode of a host on a network. */
export const leastPasscodeLength = 8

/** A TCP port to listen on; 0 lets the system choose. */
export const portSchema = z.int().min(0).max(65_535)
/** Names and addresses as in a URL; with a port if pages of that port may connect. */
export const hostNamesSchema = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(255)
      .regex(/^(?:(?:[\p{L}\p{N}_.-]+|\[[\da-f:.]+\])(?::\d{1,5})?|[\da-f:.]+)$/iu),
  )
  .max(20)
/** The most connections that a host can permit one address: its total. */
export const mostPerAddress = 256
const hostSettingsSchema = z.strictObject({
  name: z.string().trim().min(1).max(64),
  port: portSchema,
  reach: z.enum(['loopback', 'lan']),
  advertise: z.boolean(),
  network: z.string().min(1).max(200).nullable(),
  names: hostNamesSchema,
  perAddress: z.int().min(1).max(mostPerAddress),
})
/** The address for others is chosen by address; its network is stored. */
const hostChangeSchema = hostSettingsSchema
  .omit({ network: true })
  .extend({ address: z.union([z.ipv4(), z.ipv6()]).nullable() })

export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'ko']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['cozy', 'compact']),
  sendKey: z.enum(['enter', 'mod-enter']),
  notifications: z.boolean(),
  closeToTray: z.boolean(),
  keep: z.enum(retentions),
  host: hostSettingsSchema,
})

export const desktopCommands = {
  updateSettings: command(
    z.strictObject({ ...settingsSchema.omit({ host: true }).shape }).partial(),
  ).answers<Settings>(),

  /** Starts or restarts the embedded host. Port 0 is replaced in the settings by the port that the system chose. */
  startHost: command(z.strictObject({})).answers<HostState>(),
  /** Changes the host's settings. A host that is on, or could not start, restarts if one of its start settings changes. */
  updateHost: command(hostChangeSchema.partial()).answers<HostState>(),
  stopHost: command(z.strictObject({})).answers<null>(),
  /** Null generates a new one. Connected people stay connected; new ones need it. */
  setHostPasscode: command(
    z.strictObject({ passcode: z.string().trim().min(leastPasscodeLength).max(128).nullable() }),
  ).answers<null>(),

  /** Starts or stops the events `hostMeasured` with the figures of the embedded host, while the window is visible. A new snapshot stops them too. */
  watchHost: command(z.strictObject({ on: z.boolean() })).answers<null>(),

  /** Starts or stops the search for hosts on the network, which `nearbyChanged` reports. A new snapshot stops it too. */
  browseNearby: command(z.strictObject({ on: z.boolean() })).answers<null>(),

  /**
   * Asks for a file and writes a room to it. Answers where it is; null if the person wanted none, or has cancelled. Rejects with
   * `task-running`, `disk-full` and `disk-readonly`.
   */
  exportRoom: command(z.strictObject({ room: roomKeySchema, format: z.enum(exportFormats) })).answers<
    string | null
  >(),
  /**
   * Asks for a file and writes the profile of a server to it, without its address and without secrets. Answers where it is; null if the
   * person wanted none. Rejects with `disk-full` and `disk-readonly`.
   */
  exportProfile: command(z.strictObject({ serverId: serverIdSchema })).answers<string | null>(),
  /** Ends the task that is running; its command answers null. */
  cancelTask: command(z.strictObject({})).answers<null>(),

  /** Rejects with the cache's failure. */
  getStorage: command(z.strictObject({})).answers<StorageUse>(),
  /** Gives unused space back to the disk. Rejects with `disk-full`, because that needs space meanwhile. */
  freeSpace: command(z.strictObject({})).answers<StorageUse>(),

  /** Shows the file that was put aside in the system's file manager. */
  showRecovered: command(z.strictObject({})).answers<null>(),
  /** The person has read about the recovery. */
  dismissRecovery: command(z.strictObject({})).answers<null>(),

  controlWindow: command(
    z.strictObject({ action: z.enum(['minimize', 'toggleMaximize', 'close', 'quit']) }),
  ).answers<null>(),
  /** Opens an http, https or mailto address in the system's browser or mail app. */
  openExternal: command(z.strictObject({ url: z.string().max(4000) })).answers<null>(),
  copyText: command(z.strictObject({ text: z.string().max(maxDraftLength) })).answers<null>(),
}

export interface DesktopEvents {
  settingsChanged: Settings
  hostChanged: HostState
  /** Once a second while the embedded host is on, after `watchHost`. */
  hostMeasured: HostMeasure
  windowChanged: DesktopState['window']
  taskChanged: DesktopState['task']
  /** The cache was recovered, or the person has read about it. */
  recoveryChanged: DesktopState['recovery']
  /** A notification or the tray asks for a room. */
  roomRequested: { room: RoomKey }
  actionRequested: { action: WindowAction }
  /** All hosts found on the local networks; after `browseNearby`. */
  nearbyChanged: Nearby
  /** The operating system opened a link with Stompbox's scheme, of any content. */
  inviteOpened: { link: string }
}
