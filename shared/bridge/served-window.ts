/** The messenger's end of the bridge to one window: its commands, its events, and the rooms that it watches. */
import { commands, messengerHalf, type AppEvent, type EventBatch } from '../contract/api.ts'
import type { Handlers } from '../contract/command.ts'
import type { desktopCommands, DesktopState } from '../contract/desktop-commands.ts'
import type { Result } from '../contract/errors.ts'
import type { messengerCommands, MessengerState } from '../contract/messenger-commands.ts'
import type { RoomKey } from '../contract/model.ts'
import { isOpen, type Snapshot, type WatchedRoom, type windowCommands } from '../contract/window-commands.ts'
import { carryOut, type CallLog } from './command-calls.ts'
import { createEventBatches, type After, type EventBatches } from './event-batches.ts'
import { WindowFeed } from './window-feed.ts'

/** The half of the contract that every window has. */
export interface MessengerHalf {
  commands: Handlers<typeof messengerCommands>
  state(): MessengerState
  /** `window` watches these rooms from now on, in place of those before. */
  watch(window: object, rooms: readonly WatchedRoom[]): void
}

/** The half that only a window of the desktop app has. */
export interface DesktopHalf {
  commands: Handlers<typeof desktopCommands>
  state(): DesktopState
  /** The window takes a snapshot: ends everything that its page has asked for before. */
  opened(): void
}

interface ServedWindowOptions {
  messenger: MessengerHalf
  /** Null where the window has no desktop around it: the commands of that half are unknown there. */
  desktop: DesktopHalf | null
  /** Sends events over the channel. */
  send: (batch: EventBatch) => void
  after: After
  log: CallLog
}

export class ServedWindow {
  readonly #options: ServedWindowOptions
  /** Carries out a call from the window's page; see {@link carryOut}. @param call anything at all. */
  readonly call: (call: unknown) => Promise<Result<unknown>>
  /** Queues events for the window, as far as they concern it. */
  readonly emit: (events: readonly AppEvent[]) => void
  readonly #batches: EventBatches
  readonly #feed: WindowFeed
  #watched: readonly WatchedRoom[] = []

  constructor(options: ServedWindowOptions) {
    const { messenger, desktop, send, after, log } = options
    const half = { ...messenger.commands, ...this.#commands }
    const all = desktop && { ...half, ...desktop.commands }
    this.#options = options
    this.call = call => (all ? carryOut(commands, all, call, log) : carryOut(messengerHalf, half, call, log))
    this.#batches = createEventBatches({ send, after })
    this.#feed = new WindowFeed(this.#batches.push, after)
    this.emit = this.#feed.see
  }

  /** @returns whether the room is on the window's screen. */
  shows(room: RoomKey): boolean {
    return this.#watched.some(each => each.room === room && isOpen(each.level))
  }

  /** The page of the window is gone, or loads again. */
  pageGone(): void {
    this.#feed.drop()
    this.#watch([])
    this.#batches.close()
  }

  /** The window does not answer: nothing is sent until {@link resume}. */
  hold(): void {
    this.#batches.hold()
  }

  resume(): void {
    this.#batches.resume()
  }

  /** The messenger has reread its cache, so the window takes a new snapshot. */
  outdate(): void {
    this.#feed.drop()
    this.#batches.outdate()
  }

  readonly #commands: Handlers<typeof windowCommands> = {
    getSnapshot: () => Promise.resolve(this.#open()),
    watchRooms: ({ rooms }) => {
      this.#watch(rooms)
      return Promise.resolve(null)
    },
  }

  #watch(rooms: readonly WatchedRoom[]): void {
    this.#watched = rooms
    // First, because the messenger tells at once what it knows of these rooms.
    this.#feed.watch(rooms)
    this.#options.messenger.watch(this, rooms)
  }

  /** State and sequence number are read in one go, so that no event falls between them. */
  #open(): Snapshot {
    const { messenger, desktop } = this.#options
    this.#feed.drop()
    this.#watch([])
    const seq = this.#batches.open()
    const snapshot = { messenger: messenger.state(), desktop: desktop?.state() ?? null, seq }
    desktop?.opened()
    return snapshot
  }
}
