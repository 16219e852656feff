/** Which events the window gets, and when: a burst of messages in a few steps, and only the newest summary of a room. */
import type { AppEvent, Events } from '../shared/contract/api.ts'
import { deletedType, type Room, type RoomKey } from '../shared/contract/model.ts'

/** The first event of a burst goes out at once; those that follow are gathered for so many milliseconds. */
const delays = { messagesOnView: 50, rest: 250 }
/** Events that are gathered at most; more go out at once. */
const mostGathered = 1000

export interface WindowFeed {
  see: (event: AppEvent) => void
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
  /** Sends the gathered events now. */
  flush(): void
  /** Forgets the gathered events, or the one under `key`. */
  drop(key?: string): void
}

const createGathering = (delay: number, push: (event: AppEvent) => void): Gathering => {
  const waiting = new Map<string, AppEvent>()
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    const events = [...waiting.values()]
    waiting.clear()
    events.forEach(push)
  }
  const tick = (): void => {
    timer = undefined
    if (waiting.size === 0) return
    flush()
    timer = setTimeout(tick, delay)
  }
  return {
    add: (key, event) => {
      if (!timer) {
        push(event)
        timer = setTimeout(tick, delay)
        return
      }
      waiting.delete(key)
      waiting.set(key, event)
      if (waiting.size >= mostGathered) flush()
    },
    flush,
    drop: key => {
      if (key === undefined) waiting.clear()
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
  const seeMessage = (event: AppEvent, { room, id }: Events['messageRemoved']): void =>
    (room === shown ? onView : rest).add(`${room}\n${id}`, event)
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

  return {
    see: event => {
      switch (event.name) {
        case 'messageStored': {
          const message = event.payload
          // A deletion goes to the window from every room, because the search may show the message.
          if (held.has(message.room) || message.type === deletedType) seeMessage(event, message)
          // The person sees at once what they say themselves.
          if (message.own) onView.flush()
          break
        }
        case 'messageRemoved':
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
    },
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
