/** The one store of the window: the world as the messenger tells it, and what the window shows of it. No React here. */
import { createStore as createZustandStore, type StoreApi } from 'zustand/vanilla'
import type { AppEvent } from '../shared/contract/api.ts'
import type { Snapshot, WindowAction } from '../shared/contract/desktop-commands.ts'
import { toAppError, type AppError } from '../shared/contract/errors.ts'
import type { MessageId, RoomKey, ServerId } from '../shared/contract/model.ts'
import type { Api } from './api.ts'
import type { HostChange } from './host/host-change.ts'
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
  | { name: 'delete-message'; room: RoomKey; id: MessageId }
  | { name: 'change-host'; change: HostChange }
  /** An address in a message, which opens another host than it shows. */
  | { name: 'open-link'; href: string; trueHost: string }

/** Where the person has been, so that going back leads there. */
interface Trail {
  lastServer: ServerId | null
  /** The room that was open last on each server. */
  lastRooms: Readonly<Partial<Record<ServerId, RoomKey>>>
}

export interface State extends World, Trail {
  view: View
  /** What opens as soon as the messenger has told of it: a command has answered, its event is still on the way. */
  awaited: { serverId: ServerId } | { room: RoomKey; around: MessageId | null } | null
  /** Null while the search is closed; `room` narrows it to one room. */
  search: { room: RoomKey | null } | null
  /** Whether the people of the open room are shown beside it. */
  membersShown: boolean
  dialog: OpenDialog | null
  toast: Toast | null

  readonly show: (view: View) => void
  /** Goes from a page back to the room that was open before it. */
  readonly leavePage: () => void
  /** Opens a room of any server, at a message where `around` names one; as soon as it is joined. */
  readonly openRoom: (room: RoomKey, around?: MessageId | null) => void
  /** Opens the room of a server that was open there last; as soon as the server is known. */
  readonly openServer: (serverId: ServerId) => void
  /** Goes `step` rooms down (or up) the list of the current server, around its ends. */
  readonly stepRoom: (step: 1 | -1) => void
  readonly openSearch: (room?: RoomKey) => void
  readonly closeSearch: () => void
  readonly showMembers: () => void
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

/** @returns the view, mended where what it shows is gone, or where a server without an open room has got one. */
const mended = (state: State): View => {
  const { view } = state
  if (view.name === 'room') {
    return state.rooms[view.room]?.joined
      ? view
      : viewOfServer(state.rooms, serverOrFirst(state, view.serverId))
  }
  return view.name === 'server' ? viewOfServer(state.rooms, serverOrFirst(state, view.serverId)) : view
}

const trailTo = (view: View, { lastServer, lastRooms }: Trail): Trail => ({
  lastServer: 'serverId' in view ? view.serverId : lastServer,
  lastRooms: view.name === 'room' ? { ...lastRooms, [view.serverId]: view.room } : lastRooms,
})

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
    window: { focused: true, maximized: false },
    view,
    ...trailTo(view, { lastServer: null, lastRooms: {} }),
    awaited: null,
    search: null,
    membersShown: false,
    dialog: null,
    toast: null,

    show: view => {
      set({ view, ...trailTo(view, get()), awaited: null, search: null })
    },
    leavePage: () => {
      const { rooms, lastServer, lastRooms, show } = get()
      const serverId = serverOrFirst(get(), lastServer)
      show(viewOfServer(rooms, serverId, serverId ? lastRooms[serverId] : undefined))
    },
    openRoom: (room, around = null) => {
      const { rooms, show } = get()
      const found = rooms[room]
      if (found?.joined) show(viewOfRoom(found, around))
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
      const at = view.name === 'room' ? list.findIndex(room => room.key === view.room) : step > 0 ? -1 : 0
      const next = list.at((at + step) % list.length)
      if (next) openRoom(next.key)
    },
    openSearch: room => set({ search: { room: room ?? null } }),
    closeSearch: () => set({ search: null }),
    showMembers: () => set({ membersShown: true }),
    hideMembers: () => set({ membersShown: false }),
    openDialog: dialog => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
    notify: text => set({ toast: { kind: 'notice', text } }),
    report: thrown => set({ toast: { kind: 'error', error: toAppError(thrown) } }),
    dismissToast: () => set({ toast: null }),
    perform: action => {
      const { show, openSearch, openDialog, stepRoom, view } = get()
      if (view.name === 'first-run') return
      const serverId = currentServerId(get()) ?? get().servers[0]?.id
      const actions: Record<WindowAction, () => void> = {
        openSearch: () => openSearch(),
        openSettings: () => show({ name: 'settings', section: 'appearance' }),
        openHost: () => show({ name: 'host' }),
        createRoom: () => serverId && openDialog({ name: 'create-room', serverId }),
        addServer: () => openDialog({ name: 'add-server' }),
        nextRoom: () => stepRoom(1),
        previousRoom: () => stepRoom(-1),
      }
      actions[action]()
    },
  }))

  const mend = (): void => {
    const { awaited, openServer, openRoom } = store.getState()
    if (awaited && 'room' in awaited) openRoom(awaited.room, awaited.around)
    else if (awaited) openServer(awaited.serverId)
    const state = store.getState()
    const view = mended(state)
    if (!sameView(view, state.view)) store.setState({ view, ...trailTo(view, state) })
  }
  const take = (events: readonly AppEvent[]): void => {
    const state = store.getState()
    const world = worldAfter(state, events)
    if (world) {
      store.setState(world)
      mend()
    }
    events.forEach(follow)
  }
  const follow = (event: AppEvent): void => {
    const { openRoom, openDialog, perform } = store.getState()
    if (event.name === 'roomRequested') openRoom(event.payload.room)
    if (event.name === 'actionRequested') perform(event.payload.action)
    if (event.name === 'inviteOpened') openDialog({ name: 'join', link: event.payload.link })
    if (event.name === 'errorRaised') store.setState({ toast: { kind: 'error', error: event.payload } })
  }
  api.follow({
    events: take,
    snapshot: fresh => {
      store.setState(worldOf(fresh))
      mend()
    },
  })
  tellRoom(api, store)
  return store
}

/** Tells the main process which room is on view, now and at every change. */
const tellRoom = (api: Api, store: Store): void => {
  const roomOf = ({ view }: State): RoomKey | null => (view.name === 'room' ? view.room : null)
  const tell = (room: RoomKey | null): void =>
    void api.call('showRoom', { room }).catch((thrown: unknown) => store.getState().report(thrown))
  tell(roomOf(store.getState()))
  store.subscribe((state, before) => {
    if (roomOf(state) !== roomOf(before)) tell(roomOf(state))
  })
}
