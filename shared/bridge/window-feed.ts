/** Chooses the events that a window gets, and when: a burst of messages in a few steps, and only the newest summary of a room. */
import type { AppEvent } from '../contract/api.ts'
import type { ChangedMessage, Room, RoomKey } from '../contract/model.ts'
import { isOpen, type WatchedRoom, type WatchLevel } from '../contract/window-commands.ts'
import type { After } from './event-batches.ts'
import { Gathering } from './gathering.ts'

/** Milliseconds that events are gathered for. */
const delays = { openRooms: 50, rest: 250 }

/** The fields of a room that change with every message; other changes go out at once. */
const talk = { last: true, unread: true, mentions: true } satisfies Partial<Record<keyof Room, true>>

/** Whether the change only tells of new messages. A lower unread count goes out at once: the person is looking at it. */
const isTalkOnly = (before: Room, now: Room): boolean =>
  now.unread >= before.unread &&
  (Object.keys(now) as (keyof Room)[]).every(field => field in talk || now[field] === before[field])

/** The events of one window. Events other than messages and summaries overtake nothing. */
export class WindowFeed {
  readonly #push: (event: AppEvent) => void
  readonly #open: Gathering
  readonly #rest: Gathering
  /** Each room as the window knows it, or is about to. */
  readonly #known = new Map<RoomKey, Room>()
  #watched: ReadonlyMap<RoomKey, WatchLevel> = new Map()

  /** @param push takes the events for the window. */
  constructor(push: (event: AppEvent) => void, after: After) {
    this.#push = push
    this.#open = new Gathering({ delay: delays.openRooms, push, after })
    this.#rest = new Gathering({ delay: delays.rest, push, after })
  }

  /** Takes events, and keeps those that concern the window. */
  readonly see = (events: readonly AppEvent[]): void => {
    for (const event of events) this.#see(event)
  }

  /** The window watches these rooms, and no others. */
  watch(rooms: readonly WatchedRoom[]): void {
    this.#flush()
    this.#watched = new Map(rooms.map(({ room, level }) => [room, level]))
  }

  /** The window takes a snapshot, which holds everything gathered; or it is gone. */
  drop(): void {
    this.#open.clear()
    this.#rest.clear()
  }

  #see(event: AppEvent): void {
    switch (event.name) {
      case 'messageStored':
        this.#seeMessage(event, event.payload)
        break
      case 'roomChanged':
        this.#seeRoom(event, event.payload)
        break
      case 'typingChanged':
        if (this.#watched.has(event.payload.room)) this.#push(event)
        break
      default:
        if (event.name === 'membersChanged' && !this.#watched.has(event.payload.room)) return
        if (event.name === 'roomRemoved') this.#known.delete(event.payload.room)
        this.#flush()
        this.#push(event)
    }
  }

  #seeMessage(event: AppEvent, { message: { room, id, own }, change }: ChangedMessage): void {
    // Every window hears of deletions in all rooms, because its search may show the message.
    const level = this.#watched.get(room)
    if (!level && change !== 'deleted' && change !== 'removed') return
    const gathering = isOpen(level) ? this.#open : this.#rest
    const key = `${room}\n${id}`
    if (own || change !== 'new') gathering.add(key, event)
    else gathering.addSaid(key, event, room)
    // The person's own messages appear at once.
    if (own) this.#open.flush()
  }

  #seeRoom(event: AppEvent, room: Room): void {
    const before = this.#known.get(room.key)
    this.#known.set(room.key, room)
    if (before && isTalkOnly(before, room)) {
      this.#rest.add(room.key, event)
    } else {
      this.#rest.drop(room.key)
      this.#push(event)
    }
  }

  #flush(): void {
    this.#open.flush()
    this.#rest.flush()
  }
}
