/** The messenger's end of the bridge to one window: its commands, its events, and what it wants to be told. */
import { commands, messengerHalf, type AppEvent, type EventBatch } from '../contract/api.ts'
import type { Handlers } from '../contract/command.ts'
import type { desktopCommands, DesktopState } from '../contract/desktop-commands.ts'
import type { Result } from '../contract/errors.ts'
import type { messengerCommands, MessengerState } from '../contract/messenger-commands.ts'
import type { RoomKey } from '../contract/model.ts'
import type { Snapshot, windowCommands } from '../contract/window-commands.ts'
import type { After } from './after.ts'
import { carryOut, type CallLog } from './command-calls.ts'
import { createEventBatches, type EventBatches } from './event-batches.ts'
import { WindowFeed } from './window-feed.ts'

/** The half of the contract that every window has. */
export interface MessengerHalf {
  commands: Handlers<typeof messengerCommands>
  state(): MessengerState
}

/** The half that only a window of the desktop app has. */
export interface DesktopHalf {
  commands: Handlers<typeof desktopCommands>
  state(): DesktopState
  /** The window takes a snapshot: what its page has asked for before is over. */
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
  readonly #carryOut: (call: unknown) => Promise<Result<unknown>>
  readonly #batches: EventBatches
  readonly #feed: WindowFeed
  #shown: RoomKey | null = null

  constructor(options: ServedWindowOptions) {
    const { messenger, desktop, send, after, log } = options
    const half = { ...messenger.commands, ...this.#commands }
    const all = desktop && { ...half, ...desktop.commands }
    this.#options = options
    this.#carryOut = call =>
      all ? carryOut(commands, all, call, log) : carryOut(messengerHalf, half, call, log)
    this.#batches = createEventBatches({ send, after })
    this.#feed = new WindowFeed(this.#batches.push, after)
  }

  /** The room on view; null for none. */
  get shown(): RoomKey | null {
    return this.#shown
  }

  /** Queues events for the window, as far as they concern it. */
  readonly emit = (events: readonly AppEvent[]): void => this.#feed.see(events)

  /** Carries out what came from the window's page; see {@link carryOut}. @param call anything at all. */
  call(call: unknown): Promise<Result<unknown>> {
    return this.#carryOut(call)
  }

  /** The page of the window is gone, or loads again. */
  pageGone(): void {
    this.#feed.drop()
    this.#feed.hold([])
    this.#batches.close()
  }

  /** The window does not answer: nothing is sent until {@link resume}. */
  hold(): void {
    this.#batches.hold()
  }

  resume(): void {
    this.#batches.resume()
  }

  readonly #commands: Handlers<typeof windowCommands> = {
    getSnapshot: () => Promise.resolve(this.#open()),
    showRoom: ({ room }) => {
      this.#shown = room
      this.#feed.show(room)
      return Promise.resolve(null)
    },
    holdRooms: ({ rooms }) => {
      this.#feed.hold(rooms)
      return Promise.resolve(null)
    },
  }

  /** State and sequence number are read in one go, so that no event falls between them. */
  #open(): Snapshot {
    const { messenger, desktop } = this.#options
    this.#feed.drop()
    const seq = this.#batches.open()
    const snapshot = { messenger: messenger.state(), desktop: desktop?.state() ?? null, seq }
    desktop?.opened()
    return snapshot
  }
}
