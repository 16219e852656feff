/** The rooms that this window watches: the loaded parts of those that were open lately, kept up to date by the messenger's events. */
import type { Api } from '../../../shared/bridge/api.ts'
import type { AppEvent, InputOf } from '../../../shared/contract/api.ts'
import type { Message, MessageId, MessagePage, RoomKey } from '../../../shared/contract/model.ts'
import { mostWatchedRooms, type WatchedRoom } from '../../../shared/contract/window-commands.ts'
import type { Store } from '../../store/store.ts'
import type { Messenger } from '../../store/use-store.ts'
import { RoomWindow } from './room-window.ts'

/** The parts of the page that are used here. */
interface Page {
  /** See `RoomWindow`. */
  nextFrame: (run: () => void) => void
  isVisible: () => boolean
  /** Listens to changes of its visibility. */
  onVisibility: (listener: () => void) => void
}

const browserPage: Page = {
  nextFrame: run => requestAnimationFrame(run),
  isVisible: () => document.visibilityState === 'visible',
  onVisibility: listener => document.addEventListener('visibilitychange', listener),
}

/** @returns the changed messages of each room; null for a removed one. */
const changesByRoom = (events: readonly AppEvent[]): Map<RoomKey, Map<MessageId, Message | null>> => {
  const rooms = new Map<RoomKey, Map<MessageId, Message | null>>()
  for (const event of events) {
    if (event.name !== 'messageStored') continue
    const { message, change } = event.payload
    const changes = rooms.get(message.room) ?? new Map<MessageId, Message | null>()
    rooms.set(message.room, changes.set(message.id, change === 'removed' ? null : message))
  }
  return rooms
}

export class RoomWindows {
  readonly #api: Api
  readonly #store: Store
  readonly #page: Page
  /** The least recently opened first. That of a room that is gone stays as long: the room may be on view. */
  readonly #windows = new Map<RoomKey, RoomWindow>()
  /** The last call of the command, and its answer; null before the first one, after a failure, and after a snapshot. */
  #told: { rooms: string; answer: Promise<null> } | null = null

  constructor({ api, store }: Messenger, page: Page) {
    this.#api = api
    this.#store = store
    this.#page = page
    api.follow({ events: this.#take, snapshot: this.#readAgain })
    page.onVisibility(this.#follow)
    store.subscribe((now, before) => {
      if (now.view !== before.view || now.membersShown !== before.membersShown) this.#follow()
    })
  }

  /** @returns the loaded part of `room`, the same as long as the room is among the last few that were open. */
  of(room: RoomKey): RoomWindow {
    const { nextFrame } = this.#page
    const roomWindow = this.#windows.get(room) ?? new RoomWindow({ room, nextFrame, list: this.#list })
    this.#windows.delete(room)
    this.#windows.set(room, roomWindow)
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= mostWatchedRooms) break
      this.#windows.delete(oldest)
    }
    return roomWindow
  }

  readonly #take = (events: readonly AppEvent[]): void => {
    // First, so that no message is put behind a hole.
    for (const event of events)
      if (event.name === 'messagesSkipped') this.#windows.get(event.payload.room)?.skip()
    for (const [room, changes] of changesByRoom(events)) this.#windows.get(room)?.receive(changes)
  }

  /** Events were lost, and messages with them: reads the loaded pages again. */
  readonly #readAgain = (): void => {
    this.#told = null
    this.#follow()
    for (const roomWindow of this.#windows.values()) void roomWindow.open(roomWindow.position()?.id)
  }

  /** Watches the room on view, as closely as the person sees it. */
  readonly #follow = (): void => {
    const { view, report } = this.#store.getState()
    if (view.name === 'room') this.of(view.room)
    this.#watch().catch(report)
  }

  /** The rooms are watched first, so that no message falls between the page and the events. */
  readonly #list = async (input: InputOf<'listMessages'>): Promise<MessagePage> => {
    const watching = this.#watch()
    const [page] = await Promise.all([this.#api.call('listMessages', input), watching])
    return page
  }

  /** @returns when the messenger knows which rooms the window watches. Rejects as the command does. */
  #watch(): Promise<null> {
    const rooms = this.#watched()
    const words = rooms.map(({ room, level }) => `${level} ${room}`).join('\n')
    if (this.#told?.rooms === words) return this.#told.answer
    const told = { rooms: words, answer: this.#api.call('watchRooms', { rooms }) }
    this.#told = told
    told.answer.catch(() => {
      if (this.#told === told) this.#told = null
    })
    return told.answer
  }

  #watched(): WatchedRoom[] {
    const { view, membersShown } = this.#store.getState()
    const onView = view.name === 'room' && this.#page.isVisible() ? view.room : null
    return [...this.#windows.keys()].map(room => ({
      room,
      level: room !== onView ? 'messages' : membersShown ? 'people' : 'open',
    }))
  }
}

const windowsOfStore = new WeakMap<Store, RoomWindows>()

/** @returns the rooms that the window of this store watches: one set of them, whoever asks. */
export const roomWindowsOf = (messenger: Messenger): RoomWindows => {
  const known = windowsOfStore.get(messenger.store)
  if (known) return known
  const windows = new RoomWindows(messenger, browserPage)
  windowsOfStore.set(messenger.store, windows)
  return windows
}
