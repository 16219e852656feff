/** The window's state as plain data. */
import type { ServerField } from '../../shared/contract/doctor.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { MessageId, Room, RoomKey, ServerId, ServerProfile } from '../../shared/contract/model.ts'
import type { HostChange } from './host-change.ts'
import type { View } from './view.ts'
import type { World } from './world.ts'

/** A short notice at the bottom of the sheet; each is a new object, so that the same words show again. */
export type Toast = { kind: 'error'; error: AppError } | { kind: 'notice'; text: string }

/** A dialog that is open over the window. */
export type OpenDialog =
  | { name: 'add-server' }
  /** `link` comes from the operating system; empty if the person is to paste one. `typed`: the person has typed in the dialog. */
  | { name: 'join'; link: string; typed?: true }
  | { name: 'edit-server'; serverId: ServerId; field?: ServerField }
  | { name: 'doctor'; serverId: ServerId }
  | { name: 'remove-server'; serverId: ServerId }
  | { name: 'renew-key'; serverId: ServerId }
  | { name: 'create-room'; serverId: ServerId }
  | { name: 'browse-rooms'; serverId: ServerId }
  | { name: 'rename-room'; room: RoomKey }
  | { name: 'export-room'; room: RoomKey }
  | { name: 'archive-room'; room: RoomKey }
  | { name: 'delete-room'; room: RoomKey }
  /** `sender` is null for one's own message. */
  | { name: 'delete-message'; room: RoomKey; id: MessageId; sender: string | null }
  | { name: 'change-host'; change: HostChange }
  /** An address in a message, which opens another host than it shows. */
  | { name: 'open-link'; href: string; trueHost: string }

/** A request from the operating system: the room of a notification, or an invitation link, which may be any text. */
export type Request = { room: RoomKey } | { link: string }

/** Where the person has been, so that going back leads there. */
export interface Trail {
  lastServer: ServerId | null
  /** The room that was open last on each server. */
  lastRooms: Readonly<Partial<Record<ServerId, RoomKey>>>
  /** The room that was on view last, as it was known last: it stays on view when the messenger does not know it any more. */
  lastSeen: Room | null
}

export interface Model extends World, Trail {
  view: View
  /**
   * What opens as soon as the messenger has told of it: a command has answered, its event is still on the way. Dropped by the next thing
   * that the person does.
   */
  awaited: { serverId: ServerId } | { room: RoomKey; around: MessageId | null } | null
  /** The last thing that the person has begun and that takes a moment; null once they have done something else. */
  errand: object | null
  /** Null while the search is closed; `room` narrows it to one room. */
  search: { room: RoomKey | null } | null
  /** Whether the people of the open room are shown beside it. */
  membersShown: boolean
  /** Where the focus goes in the list of people that the person has just opened; null once it is there. */
  membersFocus: 'list' | 'invite' | null
  dialog: OpenDialog | null
  /** What waits until the dialog is closed. */
  requests: readonly Request[]
  toast: Toast | null
}

/** @returns the server of this id. */
export const serverOf = (
  { servers }: Pick<World, 'servers'>,
  id: ServerId | null,
): ServerProfile | undefined => servers.find(server => server.id === id)

/** @returns the server that the view is about, or that was on view before the page that covers it. */
export const currentServerId = ({ view, servers }: Pick<Model, 'view' | 'servers'>): ServerId | null => {
  if (view.name === 'room' || view.name === 'server') return view.serverId
  if (view.name === 'host') return servers.find(server => server.own)?.id ?? null
  return null
}

/** @returns the room of this key: as it is, or as it was when it was on view. */
export const roomOf = (
  { rooms, lastSeen }: Pick<Model, 'rooms' | 'lastSeen'>,
  key: RoomKey,
): Room | undefined => rooms[key] ?? (lastSeen?.key === key ? lastSeen : undefined)
