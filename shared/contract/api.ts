/** The commands and events between the window and the messenger: the only source of both. */
import { z } from 'zod'
import { messengerCommands } from './messenger-commands.ts'
import { desktopCommands } from './desktop-commands.ts'
import type { DesktopEvents } from './desktop-commands.ts'
import type { MessengerEvents } from './messenger-commands.ts'
import type { CommandInput, CommandOutput } from './command.ts'

export const commands = { ...messengerCommands, ...desktopCommands }

export type Commands = typeof commands
export type CommandName = keyof Commands
export type InputOf<Name extends CommandName> = CommandInput<Commands[Name]>
export type OutputOf<Name extends CommandName> = CommandOutput<Commands[Name]>

export type Events = MessengerEvents & DesktopEvents
export type EventName = keyof Events

/** One event as it travels: `{ name: 'roomChanged', payload: … }`. */
export type AppEvent = { [Name in EventName]: { name: Name; payload: Events[Name] } }[EventName]

/** Several events at once; `first` is the sequence number of the first of them, the others follow without a gap. */
export interface EventBatch {
  first: number
  events: AppEvent[]
}

/** What comes in on the command channel before its input is parsed by the command's own schema. */
export const commandCallSchema = z.strictObject({
  name: z.string().max(64),
  input: z.unknown(),
})
