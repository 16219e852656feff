/** The one store of the window: its model, and what the person can do with it. No React here. */
import { createStore as createZustandStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../shared/bridge/api.ts'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import { toAppError } from '../../shared/contract/errors.ts'
import type { MessageId, RoomKey, ServerId } from '../../shared/contract/model.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'
import type { Model, OpenDialog } from './model.ts'
import * as moves from './moves.ts'
import type { View } from './view.ts'

export interface State extends Model {
  readonly show: (view: View) => void
  /** Goes from a page back to the room that was open before it. */
  readonly leavePage: () => void
  /** Moves on from a room that the person has just left, if it is on view. */
  readonly leaveRoom: (room: RoomKey) => void
  /** Moves on from a server that the person has just removed, if it is on view. */
  readonly leaveServer: (serverId: ServerId) => void
  /** The person has pressed a key or the pointer: earlier errands no longer change the view. */
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
  readonly openSearch: (room?: RoomKey) => void
  readonly closeSearch: () => void
  /** @param focus `invite` for the field that invites a person. */
  readonly showMembers: (focus?: 'list' | 'invite') => void
  readonly membersFocused: () => void
  readonly hideMembers: () => void
  readonly openDialog: (dialog: OpenDialog) => void
  readonly closeDialog: () => void
  /** The person has typed into the open dialog: it no longer closes for an invitation that is opened. */
  readonly typedInDialog: () => void
  readonly notify: (text: string) => void
  /** Shows a thrown error as a toast. */
  readonly report: (thrown: unknown) => void
  readonly dismissToast: () => void
  /** Carries out a menu entry or a shortcut. */
  readonly perform: (action: WindowAction) => void
}

export type Store = StoreApi<State>

/** @returns a store that starts from `snapshot` and follows the events of `api`. */
export const createStore = (api: Api, snapshot: Snapshot): Store => {
  const store = createZustandStore<State>()((set, get) => ({
    ...moves.begun(snapshot),

    show: view => set(moves.show(get(), view)),
    leavePage: () => set(moves.leavePage(get())),
    leaveRoom: key => set(moves.leaveRoom(get(), key)),
    leaveServer: serverId => set(moves.leaveServer(get(), serverId)),
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
    openRoom: (room, around, at) => set(moves.openRoom(get(), room, around, at)),
    openServer: serverId => set(moves.openServer(get(), serverId)),
    openSearch: room => set({ search: { room: room ?? null } }),
    closeSearch: () => set({ search: null }),
    showMembers: (membersFocus = 'list') => set({ membersShown: true, membersFocus }),
    membersFocused: () => set({ membersFocus: null }),
    hideMembers: () => set({ membersShown: false }),
    openDialog: dialog => set({ dialog }),
    closeDialog: () => set(moves.closeDialog(get())),
    typedInDialog: () => {
      const { dialog } = get()
      if (dialog?.name === 'join' && !dialog.typed) set({ dialog: { ...dialog, typed: true } })
    },
    notify: text => set({ toast: { kind: 'notice', text } }),
    report: thrown => set({ toast: { kind: 'error', error: toAppError(thrown) } }),
    dismissToast: () => set({ toast: null }),
    perform: action => set(moves.perform(get(), action)),
  }))
  api.follow({
    events: events => store.setState(moves.afterEvents(store.getState(), events)),
    snapshot: fresh => store.setState(moves.afterSnapshot(store.getState(), fresh)),
  })
  return store
}
