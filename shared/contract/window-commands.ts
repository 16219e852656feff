/** What every window asks of the bridge itself, with or without a desktop around it; and what it tells. */
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

/** Rooms whose messages stay loaded in a window, so that going back to one shows it at once. */
export const mostHeldRooms = 6

export const windowCommands = {
  /** The first command of a window: from here on it gets events. */
  getSnapshot: command(z.strictObject({})).answers<Snapshot>(),
  /** Tells which room is on view, so that its messages are not announced while the window has the focus. */
  showRoom: command(z.strictObject({ room: roomKeySchema.nullable() })).answers<null>(),
  /** Tells whose messages the window keeps: it gets those of no other room. */
  holdRooms: command(z.strictObject({ rooms: z.array(roomKeySchema).max(mostHeldRooms) })).answers<null>(),
}

export interface WindowEvents {
  /** So much is said in a room that the messages of others are left out: the window reads the newest page again. */
  messagesSkipped: { room: RoomKey }
}
