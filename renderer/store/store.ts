/** The one store of the window: the world as the messenger tells it, and what the window shows of it. No React here. */
import { createStore as createZustandStore, type StoreApi } from 'zustand/vanilla'
import type { AppEvent } from '../../shared/contract/api.ts'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import type { MessageId, Room, RoomKey, ServerId } from '../../shared/contract/model.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'
import type { Api } from '../../shared/bridge/api.ts'
import type { HostChange } from './host-change.ts'
import { firstView, roomsOf, viewOfRoom, viewOfServer, type View } from './view.ts'
import { worldAfter, worldOf, type World } from './world.ts'

/** A short notice at the bottom of the sheet; each is an object of its own, so that the same words show again. */
export type Toast = { kind: 'error'; error: AppError } | { kind: 'notice'; text: string }

/** A dialog that is open over the window. */
type OpenDialog =
  | { name: 'add-server' }
  /** `link` is what the operating system was asked to open; empty where one is to be pasted. */
  | { name: 'join'; link: string }
  | { name: 'edit-server'; serverId: ServerId; field?: 'url' | 'passcode' }
  | { name: 'remove-server'; serverId: ServerId }
  | { name: 'renew-key'; serverId: ServerId }
  | { name: 'create-room'; serverId: ServerId }
  | { name: 'browse-rooms'; serverId: ServerId }
  | { name: 'rename-room'; room: RoomKey }
  | { name: 'archive-room'; room: RoomKey }
  | { name: 'delete-room'; room: RoomKey }
  /** `sender` is null for one's own message. */
  | { name: 'delete-message'; room: RoomKey; id: MessageId; sender: string | null }
  | { name: 'change-host'; change: HostChange }
  /** An address in a message, which opens another host than it shows. */
  | { name: 'open-link'; href: string; trueHost: string }

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

/** What the operating system was asked to open: the room of a notification, or an invitation link, which may be anything. */
type Request = { room: RoomKey } | { link: string }

/** Requests that may wait; the oldest go first. */
const mostRequests = 10

/** Where the person has been, so that going back leads there. */
interface Trail {
  lastServer: ServerId | null
  /** The room that was open last on each server. */
  lastRooms: Readonly<Partial<Record<ServerId, RoomKey>>>
  /** The room that was on view last, as it was known last: it stays on view when the messenger does not know it any more. */
  lastSeen: Room | null
}

export interface State extends World, Trail {
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

  readonly show: (view: View) => void
  /** Goes from a page back to the room that was open before it. */
  readonly leavePage: () => void
  /** Goes on from a room that the person has just left, where it is on view. */
  readonly leaveRoom: (room: RoomKey) => void
  /** Goes on from a server that the person has just removed, where it is on view. */
  readonly leaveServer: (serverId: ServerId) => void
  /** The person has pressed a key or the pointer: what they have begun before does not move them any more. */
  readonly act: () => void
  /**
   * Begins something that takes a moment and ends in another view.
   * @returns what carries that end out, unless the person has meanwhile closed the dialog in which they began it, or done something else
   *   where they began it without a dialog.
   */
  readonly setOut: () => (arrive: () => void) => void
  /** Opens a room of any server, at the character `at` of a message where `around` names one; as soon as it is joined. */
  readonly openRoom: (room: RoomKey, around?: MessageId | null, at?: number) => void
  /** Opens the room of a server that was open there last; as soon as the server is known. */
  readonly openServer: (serverId: ServerId) => void
  /** Goes `step` rooms down (or up) the list of the current server, around its ends. */
  readonly stepRoom: (step: 1 | -1) => void
  readonly openSearch: (room?: RoomKey) => void
  readonly closeSearch: () => void
  /** @param focus `invite` for the field in which somebody is invited. */
  readonly showMembers: (focus?: 'list' | 'invite') => void
  readonly membersFocused: () => void
  readonly hideMembers: () => void
  readonly openDialog: (dialog: OpenDialog) => void
  readonly closeDialog: () => void
  readonly notify: (text: string) => void
  /** Shows what was thrown as a sentence. */
  readonly report: (thrown: unknown) => void
  readonly dismissToast: () => void
  /** Carries out a menu entry or a shortcut. */
  readonly perform: (action: WindowAction) => void
}

export type Store = StoreApi<State>

/** @returns the server that the view is about, or that was on view before the page that covers it. */
export const currentServerId = (state: Pick<State, 'view' | 'servers'>): ServerId | null => {
  const { view } = state
  if (view.name === 'room' || view.name === 'server') return view.serverId
  if (view.name === 'host') return state.servers.find(server => server.own)?.id ?? null
  return null
}

/** @returns the view; in place of a server's page its first room, as soon as there is one and nothing lies over the page. */
const mended = ({ view, dialog, search, rooms }: State): View =>
  view.name === 'server' && !dialog && !search ? viewOfServer(rooms, view.serverId) : view

/** @returns the room on view as it is, or as it was known last: then it is gone. */
const seenOn = (view: View, rooms: State['rooms'], lastSeen: Room | null): Room | null => {
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

/** @returns the room of this key: as it is, or as it was when it was on view. */
export const roomOf = ({ rooms, lastSeen }: State, key: RoomKey): Room | undefined =>
  rooms[key] ?? (lastSeen?.key === key ? lastSeen : undefined)

const sameView = (a: View, b: View): boolean =>
  a === b || (a.name === 'server' && b.name === 'server' && a.serverId === b.serverId)

const serverOrFirst = ({ servers }: World, id: ServerId | null): ServerId | null =>
  (servers.find(server => server.id === id) ?? servers[0])?.id ?? null

/** @returns a store that starts from `snapshot` and follows the events of `api`. */
export const createStore = (api: Api, snapshot: Snapshot): Store => {
  const world = worldOf(snapshot)
  const view = firstView(world)
  const store = createZustandStore<State>()((set, get) => ({
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

    show: view => {
      // No dialog outlives the view that it was opened over, and what the person does now goes before a room they asked for earlier.
      const requests = get().requests.filter(request => 'link' in request)
      set({
        view,
        ...trailTo(view, get()),
        awaited: null,
        errand: null,
        search: null,
        dialog: null,
        requests,
      })
      serve()
    },
    leavePage: () => {
      const { rooms, lastServer, lastRooms, show } = get()
      const serverId = serverOrFirst(get(), lastServer)
      const last = serverId ? lastRooms[serverId] : undefined
      const before = last && roomOf(get(), last)
      show(before && before.absence !== 'left' ? viewOfRoom(before) : viewOfServer(rooms, serverId))
    },
    leaveRoom: key => {
      const { view, rooms, show } = get()
      if (view.name !== 'room' || view.room !== key) return
      const { [key]: _left, ...others } = rooms
      show(viewOfServer(others, view.serverId))
    },
    leaveServer: serverId => {
      const { view, servers, rooms, show } = get()
      if (!('serverId' in view) || view.serverId !== serverId) return
      show(viewOfServer(rooms, servers.find(server => server.id !== serverId)?.id ?? null))
    },
    act: () => {
      const { awaited, errand, view } = get()
      if ((awaited ?? errand) && view.name !== 'first-run') set({ awaited: null, errand: null })
    },
    setOut: () => {
      const { dialog } = get()
      const errand = {}
      set({ errand })
      return arrive => {
        const now = get()
        if (now.dialog === dialog && (dialog !== null || now.errand === errand)) arrive()
      }
    },
    openRoom: (room, around = null, at = 0) => {
      const { rooms, show } = get()
      const found = rooms[room]
      if (found?.joined) show(viewOfRoom(found, around, at))
      else set({ awaited: { room, around } })
    },
    openServer: serverId => {
      const { servers, rooms, lastRooms, show } = get()
      if (servers.some(server => server.id === serverId)) {
        show(viewOfServer(rooms, serverId, lastRooms[serverId]))
      } else {
        set({ awaited: { serverId } })
      }
    },
    stepRoom: step => {
      const { view, rooms, openRoom } = get()
      const list = roomsOf(rooms, currentServerId(get()))
      const found = view.name === 'room' ? list.findIndex(room => room.key === view.room) : -1
      const at = found < 0 && step < 0 ? 0 : found
      const next = list.at((at + step) % list.length)
      if (next) openRoom(next.key)
    },
    openSearch: room => set({ search: { room: room ?? null } }),
    closeSearch: () => set({ search: null }),
    showMembers: (membersFocus = 'list') => set({ membersShown: true, membersFocus }),
    membersFocused: () => set({ membersFocus: null }),
    hideMembers: () => set({ membersShown: false }),
    openDialog: dialog => set({ dialog }),
    closeDialog: () => {
      set({ dialog: null })
      serve()
      mend()
    },
    notify: text => set({ toast: { kind: 'notice', text } }),
    report: thrown => set({ toast: { kind: 'error', error: toAppError(thrown) } }),
    dismissToast: () => set({ toast: null }),
    perform: action => {
      const { show, openSearch, openDialog, stepRoom, view, dialog, desktop } = get()
      if (view.name === 'first-run' || dialog) return
      const serverId = currentServerId(get()) ?? get().servers[0]?.id
      const actions: Record<WindowAction, () => void> = {
        openSearch: () => openSearch(),
        openSettings: () => show({ name: 'settings', section: desktop ? 'appearance' : 'profile' }),
        openHost: () => desktop && show({ name: 'host' }),
        createRoom: () => serverId && openDialog({ name: 'create-room', serverId }),
        addServer: () => openDialog({ name: 'add-server' }),
        nextRoom: () => stepRoom(1),
        previousRoom: () => stepRoom(-1),
      }
      actions[action]()
    },
  }))

  /** Opens what was asked for from outside, one after the other, until a dialog is open. */
  const serve = (): void => {
    const { requests, dialog, rooms, show, openDialog } = store.getState()
    const [request] = requests
    const mayClose = dialog && request && 'room' in request && questions.has(dialog.name)
    if (!request || (dialog && !mayClose)) return
    store.setState({ requests: requests.slice(1) })
    if ('link' in request) {
      openDialog({ name: 'join', link: request.link })
      return
    }
    const room = rooms[request.room]
    if (room) show(viewOfRoom(room))
    else serve()
  }
  const ask = (request: Request): void => {
    store.setState({ requests: [...store.getState().requests, request].slice(-mostRequests) })
    serve()
  }

  const mend = (): void => {
    const { awaited, openServer, openRoom } = store.getState()
    if (awaited && 'room' in awaited) openRoom(awaited.room, awaited.around)
    else if (awaited) openServer(awaited.serverId)
    const state = store.getState()
    const view = mended(state)
    if (!sameView(view, state.view)) store.setState({ view, ...trailTo(view, state) })
  }
  const take = (events: readonly AppEvent[]): void => {
    const { view, lastSeen, ...state } = store.getState()
    const world = worldAfter(state, events)
    if (world) {
      store.setState({ ...world, lastSeen: seenOn(view, world.rooms, lastSeen) })
      mend()
    }
    events.forEach(follow)
  }
  const follow = (event: AppEvent): void => {
    if (event.name === 'roomRequested') ask({ room: event.payload.room })
    if (event.name === 'actionRequested') store.getState().perform(event.payload.action)
    if (event.name === 'inviteOpened') ask({ link: event.payload.link })
    if (event.name === 'errorRaised') store.setState({ toast: { kind: 'error', error: event.payload } })
  }
  api.follow({
    events: take,
    snapshot: fresh => {
      const { view, lastSeen } = store.getState()
      const world = worldOf(fresh)
      store.setState({ ...world, lastSeen: seenOn(view, world.rooms, lastSeen) })
      mend()
    },
  })
  return store
}
