/** The commands and events between every window and the bridge itself, with or without a desktop around it. */
import { z } from 'zod'
import { command } from './command.ts'
import type { DesktopState } from './desktop-commands.ts'
import type { MessengerState } from './messenger-commands.ts'
import { roomKeySchema, type RoomKey } from './model.ts'

/** Where a window starts from. */
export interface Snapshot {
  messenger: MessengerState
  /** Null for a window without the desktop half: a page in a browser. */
  desktop: DesktopState | null
  /** Events up to and with this sequence number are already part of the snapshot. */
  seq: number
}

/** The most rooms that one window watches: those that were open lately stay loaded, so that going back to one shows it at once. */
export const mostWatchedRooms = 6

/**
 * How closely a window watches a room; each level includes the ones before it. `messages`: the window keeps its messages. `open`: it is on
 * the screen, so its people and their typing are asked for, and its messages are not announced while the window has the focus. `people`:
 * the list of its people is on the screen, so their presence is asked for too.
 */
export const watchLevels = ['messages', 'open', 'people'] as const
export type WatchLevel = (typeof watchLevels)[number]

/** @returns whether a room that is watched at this level is on the screen. */
export const isOpen = (level: WatchLevel | null | undefined): boolean =>
  level === 'open' || level === 'people'

export interface WatchedRoom {
  room: RoomKey
  level: WatchLevel
}

export const windowCommands = {
  /** The first command of a window: it gets the events that follow. */
  getSnapshot: command(z.strictObject({})).answers<Snapshot>(),
  /**
   * Says which rooms the window watches from now on, in place of those before. It gets messages, people and typing of no other room. A new
   * snapshot ends it, and so does the end of the page.
   */
  watchRooms: command(
    z.strictObject({
      rooms: z
        .array(z.strictObject({ room: roomKeySchema, level: z.enum(watchLevels) }))
        .max(mostWatchedRooms),
    }),
  ).answers<null>(),
}

export interface WindowEvents {
  /** So much is said in a room that the messages of others are left out: the window reads the newest page again. */
  messagesSkipped: { room: RoomKey }
}
