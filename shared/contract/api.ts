/**
 * The commands and events between a window and its messenger: the only source of both. They have two halves. The messenger's is there
 * for every window, and a window works with it alone; the desktop's only where the app runs on a desktop.
 */
import { z } from 'zod'
import { messengerCommands } from './messenger-commands.ts'
import { desktopCommands } from './desktop-commands.ts'
import { windowCommands } from './window-commands.ts'
import type { DesktopEvents } from './desktop-commands.ts'
import type { MessengerEvents } from './messenger-commands.ts'
import type { WindowEvents } from './window-commands.ts'
import type { CommandInput, CommandOutput } from './command.ts'

/** The half that every window has. */
export const messengerHalf = { ...messengerCommands, ...windowCommands }
export const commands = { ...messengerHalf, ...desktopCommands }

export type Commands = typeof commands
export type CommandName = keyof Commands
export type InputOf<Name extends CommandName> = CommandInput<Commands[Name]>
export type OutputOf<Name extends CommandName> = CommandOutput<Commands[Name]>

export type Events = MessengerEvents & WindowEvents & DesktopEvents
export type EventName = keyof Events

/** One event as it travels: `{ name: 'roomChanged', payload: … }`. */
export type AppEvent = { [Name in EventName]: { name: Name; payload: Events[Name] } }[EventName]

/** Several events at once; `first` is the sequence number of the first of them, the others follow without a gap. */
export interface EventBatch {
  first: number
  events: AppEvent[]
}

/** A call on the command channel, before the command's own schema parses its input. */
export const commandCallSchema = z.strictObject({
  name: z.string().max(64),
  input: z.unknown(),
})
