/** Pure transitions of the window's model, for actions of the person and events of the messenger. */
import type { AppEvent } from '../../shared/contract/api.ts'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import type { MessageId, Room, RoomKey, ServerId } from '../../shared/contract/model.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'
import {
  currentServerId,
  roomOf,
  serverOf,
  type Model,
  type OpenDialog,
  type Request,
  type Trail,
} from './model.ts'
import { firstView, roomsOf, viewOfRoom, viewOfServer, type View } from './view.ts'
import { worldAfter, worldOf, type World } from './world.ts'

/** Dialogs that only ask: nothing is typed in them, so that they may close by themselves. */
const questions: ReadonlySet<OpenDialog['name']> = new Set<OpenDialog['name']>([
  'remove-server',
  'browse-rooms',
  'archive-room',
  'delete-room',
  'delete-message',
  'change-host',
  'open-link',
])

/** Requests that may wait; the oldest go first. */
const mostRequests = 10

/** @returns the room on view as it is, or as it was known last: then it is gone. */
const seenOn = (view: View, rooms: World['rooms'], lastSeen: Room | null): Room | null => {
  if (view.name !== 'room') return lastSeen
  const room = rooms[view.room]
  if (room || !lastSeen?.joined) return room ?? lastSeen
  return { ...lastSeen, joined: false, absence: 'gone' }
}

const trailTo = (
  view: View,
  { lastServer, lastRooms, lastSeen, rooms }: Trail & Pick<World, 'rooms'>,
): Trail => ({
  lastServer: 'serverId' in view ? view.serverId : lastServer,
  lastRooms: view.name === 'room' ? { ...lastRooms, [view.serverId]: view.room } : lastRooms,
  lastSeen: seenOn(view, rooms, lastSeen),
})

const inView = (model: Model, view: View): Model => ({ ...model, view, ...trailTo(view, model) })

/** @returns the model of a window that has just opened on `snapshot`. */
export const begun = (snapshot: Snapshot): Model => {
  const world = worldOf(snapshot)
  const view = firstView(world)
  return {
    ...world,
    view,
    ...trailTo(view, { lastServer: null, lastRooms: {}, lastSeen: null, rooms: world.rooms }),
    awaited: null,
    errand: null,
    search: null,
    membersShown: false,
    membersFocus: null,
    dialog: null,
    requests: [],
    toast: null,
  }
}

/**
 * Opens `view`. No dialog outlives the view that it was opened over, and this goes before a room that was asked for earlier. Only an
 * invitation that was opened from outside, and not answered, is offered again over the new view.
 */
export const show = (model: Model, view: View): Model =>
  served({
    ...inView(model, view),
    awaited: null,
    errand: null,
    search: null,
    dialog: null,
    requests: [...unanswered(model.dialog), ...model.requests.filter(request => 'link' in request)],
  })

const unanswered = (dialog: OpenDialog | null): Request[] =>
  dialog?.name === 'join' && dialog.link !== '' ? [{ link: dialog.link }] : []

/** Goes from a page back to the room that was open before it. */
export const leavePage = (model: Model): Model => {
  const { rooms, servers, lastServer, lastRooms } = model
  const serverId = (serverOf(model, lastServer) ?? servers[0])?.id ?? null
  const last = serverId ? lastRooms[serverId] : undefined
  const before = last && roomOf(model, last)
  return show(model, before && before.absence !== 'left' ? viewOfRoom(before) : viewOfServer(rooms, serverId))
}

/** Moves on from a room that the person has just left, if it is on view. */
export const leaveRoom = (model: Model, key: RoomKey): Model => {
  const { view, rooms } = model
  if (view.name !== 'room' || view.room !== key) return model
  const { [key]: _left, ...others } = rooms
  return show(model, viewOfServer(others, view.serverId))
}

/** Moves on from a server that the person has just removed, if it is on view. */
export const leaveServer = (model: Model, serverId: ServerId): Model => {
  const { view, servers, rooms } = model
  if (!('serverId' in view) || view.serverId !== serverId) return model
  return show(model, viewOfServer(rooms, servers.find(server => server.id !== serverId)?.id ?? null))
}

/** Opens a room, at the character `at` of a message where `around` names one; as soon as it is joined. */
export const openRoom = (model: Model, room: RoomKey, around: MessageId | null = null, at = 0): Model => {
  const found = model.rooms[room]
  return found?.joined ? show(model, viewOfRoom(found, around, at)) : { ...model, awaited: { room, around } }
}

/** Opens the room of a server that was open there last, in place of the dialog in which it was asked for; as soon as the server is known. */
export const openServer = (model: Model, serverId: ServerId): Model =>
  serverOf(model, serverId)
    ? show({ ...model, dialog: null }, viewOfServer(model.rooms, serverId, model.lastRooms[serverId]))
    : { ...model, awaited: { serverId } }

/** Goes `step` rooms down (or up) the list of the current server, around its ends. */
const stepRoom = (model: Model, step: 1 | -1): Model => {
  const { view, rooms } = model
  const list = roomsOf(rooms, currentServerId(model))
  const found = view.name === 'room' ? list.findIndex(room => room.key === view.room) : -1
  const at = found < 0 && step < 0 ? 0 : found
  const next = list.at((at + step) % list.length)
  return next ? openRoom(model, next.key) : model
}

/** Closes the dialog, and opens the next request that waited for it. */
export const closeDialog = (model: Model): Model => mended(served({ ...model, dialog: null }))

/** Carries out a menu entry or a shortcut. */
export const perform = (model: Model, action: WindowAction): Model => {
  const { view, dialog, desktop, servers } = model
  if (view.name === 'first-run' || dialog) return model
  const serverId = currentServerId(model) ?? servers[0]?.id
  switch (action) {
    case 'openSearch':
      return { ...model, search: { room: null } }
    case 'openSettings':
      return show(model, { name: 'settings', section: desktop ? 'appearance' : 'profile' })
    case 'openHost':
      return desktop ? show(model, { name: 'host' }) : model
    case 'createRoom':
      return serverId ? { ...model, dialog: { name: 'create-room', serverId } } : model
    case 'addServer':
      return { ...model, dialog: { name: 'add-server' } }
    case 'nextRoom':
      return stepRoom(model, 1)
    case 'previousRoom':
      return stepRoom(model, -1)
  }
}

/** @returns `model` after a batch of events. */
export const afterEvents = (model: Model, events: readonly AppEvent[]): Model => {
  const world = worldAfter(model, events)
  return events.reduce(afterRequest, world === model ? model : inWorld(model, world))
}

/** @returns `model` after events were lost. */
export const afterSnapshot = (model: Model, snapshot: Snapshot): Model => inWorld(model, worldOf(snapshot))

const inWorld = (model: Model, world: World): Model =>
  mended({ ...model, ...world, lastSeen: seenOn(model.view, world.rooms, model.lastSeen) })

const afterRequest = (model: Model, event: AppEvent): Model => {
  switch (event.name) {
    case 'roomRequested':
      return requested(model, { room: event.payload.room })
    case 'inviteOpened':
      return requested(model, { link: event.payload.link })
    case 'actionRequested':
      return perform(model, event.payload.action)
    case 'errorRaised':
      return { ...model, toast: { kind: 'error', error: event.payload } }
    default:
      return model
  }
}

const requested = (model: Model, request: Request): Model =>
  served({ ...model, requests: [...model.requests, request].slice(-mostRequests) })

/** @returns whether a dialog can close for a request without losing anything. */
const givesWay = (dialog: OpenDialog, request: Request): boolean =>
  'room' in request
    ? questions.has(dialog.name)
    : dialog.name === 'join' && dialog.link === '' && !dialog.typed

/** Serves the waiting requests in order, until one opens a dialog. */
const served = (model: Model): Model => {
  const { dialog, rooms } = model
  const [request, ...requests] = model.requests
  if (!request || (dialog && !givesWay(dialog, request))) return model
  const next = { ...model, requests }
  if ('link' in request) return { ...next, dialog: { name: 'join', link: request.link } }
  const room = rooms[request.room]
  return room ? show(next, viewOfRoom(room)) : served(next)
}

/** Opens the awaited room or server if it is known by now. Replaces a server's page by its first room if nothing covers the page. */
const mended = (model: Model): Model => {
  const { awaited, rooms } = model
  const isThere =
    awaited && ('room' in awaited ? rooms[awaited.room]?.joined : serverOf(model, awaited.serverId))
  if (isThere) {
    return mended(
      'room' in awaited ? openRoom(model, awaited.room, awaited.around) : openServer(model, awaited.serverId),
    )
  }
  const { view, dialog, search } = model
  if (view.name !== 'server' || dialog || search) return model
  const first = viewOfServer(rooms, view.serverId)
  return first.name === 'room' ? inView(model, first) : model
}
