/** Which events the window gets, and when: a burst of messages in a few steps, and only the newest summary of a room. */
import type { AppEvent } from '../../shared/contract/api.ts'
import type { ChangedMessage, Room, RoomKey } from '../../shared/contract/model.ts'

/** The first event of a burst goes out at once; those that follow are gathered for so many milliseconds. */
const delays = { messagesOnView: 50, rest: 250, afterFlood: 1000 }
/** Messages of one room that are gathered at most. More are a flood: the window reads the newest page instead. */
const mostOfRoom = 50
/** Events that are gathered at most; more go out at once. */
const mostGathered = 1000

export interface WindowFeed {
  see: (events: readonly AppEvent[]) => void
  /** The room on view; null for none. */
  show: (room: RoomKey | null) => void
  /** The rooms whose messages the window keeps; it gets the messages of no other room. */
  hold: (rooms: readonly RoomKey[]) => void
  /** The window takes a snapshot now, which holds all that is gathered, or is gone. */
  drop: () => void
}

interface Gathering {
  /** @param key an event under the same key that still waits is replaced. */
  add(key: string, event: AppEvent): void
  /** Adds a message of others, unless its room is flooded. */
  addSaid(key: string, event: AppEvent, room: RoomKey): void
  /** Sends the gathered events now. */
  flush(): void
  /** Forgets the gathered events, or the one under `key`. */
  drop(key?: string): void
}

const createGathering = (delay: number, push: (event: AppEvent) => void): Gathering => {
  const waiting = new Map<string, AppEvent>()
  /** Keys of the messages of others that wait, by their rooms; null for a flooded room. */
  const said = new Map<RoomKey, Set<string> | null>()
  let timer: NodeJS.Timeout | undefined
  const clear = (): void => {
    waiting.clear()
    said.clear()
  }
  const flush = (): void => {
    const events = [...waiting.values()]
    clear()
    events.forEach(push)
  }
  const tick = (): void => {
    timer = undefined
    if (waiting.size === 0) return
    const wasFlooded = [...said.values()].includes(null)
    flush()
    timer = setTimeout(tick, wasFlooded ? delays.afterFlood : delay)
  }
  const add: Gathering['add'] = (key, event) => {
    if (!timer) {
      push(event)
      timer = setTimeout(tick, delay)
      return
    }
    waiting.delete(key)
    waiting.set(key, event)
    if (waiting.size >= mostGathered) flush()
  }
  const flood = (room: RoomKey, keys: ReadonlySet<string>): void => {
    for (const key of keys) waiting.delete(key)
    said.set(room, null)
    waiting.set(`${room}\n`, { name: 'messagesSkipped', payload: { room } })
  }
  return {
    add,
    addSaid: (key, event, room) => {
      const keys = said.get(room) ?? new Set<string>()
      if (said.get(room) === null) return
      add(key, event)
      if (!waiting.has(key)) return
      said.set(room, keys.add(key))
      if (keys.size > mostOfRoom) flood(room, keys)
    },
    flush,
    drop: key => {
      if (key === undefined) clear()
      else waiting.delete(key)
    },
  }
}

/** What changes with everything that is said in a room; whatever else of it changes goes out at once. */
const talk = { last: true, unread: true, mentions: true } satisfies Partial<Record<keyof Room, true>>

/** Whether `now` tells only of something new that was said. What the person has read goes out at once: they are looking at it. */
const isTalkOnly = (before: Room, now: Room): boolean =>
  now.unread >= before.unread &&
  (Object.keys(now) as (keyof Room)[]).every(field => field in talk || now[field] === before[field])

/** @returns the way of the messenger's events to `push`. Events that are neither messages nor summaries overtake nothing. */
export const createWindowFeed = (push: (event: AppEvent) => void): WindowFeed => {
  const onView = createGathering(delays.messagesOnView, push)
  const rest = createGathering(delays.rest, push)
  /** Each room as the window knows it, or is about to. */
  const known = new Map<RoomKey, Room>()
  let shown: RoomKey | null = null
  let held: ReadonlySet<RoomKey> = new Set()

  const flush = (): void => {
    onView.flush()
    rest.flush()
  }
  const gatheringOf = (room: RoomKey): Gathering => (room === shown ? onView : rest)
  const seeMessage = (event: AppEvent, { message: { room, id, own }, change }: ChangedMessage): void => {
    // What is gone is told to the window of every room, because the search may show it.
    if (!held.has(room) && change !== 'deleted' && change !== 'removed') return
    const key = `${room}\n${id}`
    if (own || change !== 'new') gatheringOf(room).add(key, event)
    else gatheringOf(room).addSaid(key, event, room)
    // The person sees at once what they say themselves.
    if (own) onView.flush()
  }
  const seeRoom = (event: AppEvent, room: Room): void => {
    const before = known.get(room.key)
    known.set(room.key, room)
    if (before && isTalkOnly(before, room)) {
      rest.add(room.key, event)
    } else {
      rest.drop(room.key)
      push(event)
    }
  }

  const see = (event: AppEvent): void => {
    switch (event.name) {
      case 'messageStored':
        seeMessage(event, event.payload)
        break
      case 'roomChanged':
        seeRoom(event, event.payload)
        break
      case 'typingChanged':
        push(event)
        break
      default:
        if (event.name === 'roomRemoved') known.delete(event.payload.room)
        flush()
        push(event)
    }
  }

  return {
    see: events => events.forEach(see),
    show: room => {
      flush()
      shown = room
    },
    hold: rooms => {
      held = new Set(rooms)
    },
    drop: () => {
      onView.drop()
      rest.drop()
    },
  }
}
