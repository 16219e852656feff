/** Events of a burst: the first goes out at once, those that follow are gathered for a while and go out together. */
import type { AppEvent } from '../contract/api.ts'
import type { RoomKey } from '../contract/model.ts'
import type { After } from './event-batches.ts'

/** Messages of one room that are gathered at most. More are a flood: the window reads the newest page instead. */
const mostOfRoom = 50
/** Milliseconds that a gathering with a flood in it is followed by. */
const afterFlood = 1000
/** Events that are gathered at most; more go out at once. */
const mostGathered = 1000

interface GatheringOptions {
  /** Milliseconds that events are gathered for. */
  delay: number
  push: (event: AppEvent) => void
  after: After
}

export class Gathering {
  readonly #options: GatheringOptions
  /** Events that wait, by their keys. */
  readonly #waiting = new Map<string, AppEvent>()
  /** Keys of the messages of others that wait, by their rooms; null for a flooded room. */
  readonly #said = new Map<RoomKey, Set<string> | null>()
  #isRunning = false

  constructor(options: GatheringOptions) {
    this.#options = options
  }

  /** @param key an event under the same key that still waits is replaced. */
  add(key: string, event: AppEvent): void {
    if (!this.#isRunning) {
      this.#options.push(event)
      this.#run(this.#options.delay)
      return
    }
    this.#waiting.delete(key)
    this.#waiting.set(key, event)
    if (this.#waiting.size >= mostGathered) this.flush()
  }

  /** Adds a message of others, unless its room is flooded. */
  addSaid(key: string, event: AppEvent, room: RoomKey): void {
    const keys = this.#said.get(room) ?? new Set<string>()
    if (this.#said.get(room) === null) return
    this.add(key, event)
    if (!this.#waiting.has(key)) return
    this.#said.set(room, keys.add(key))
    if (keys.size > mostOfRoom) this.#flood(room, keys)
  }

  /** Sends the gathered events now. */
  flush(): void {
    const events = [...this.#waiting.values()]
    this.clear()
    events.forEach(this.#options.push)
  }

  /** Forgets the event under `key`. */
  drop(key: string): void {
    this.#waiting.delete(key)
  }

  /** Forgets the gathered events. */
  clear(): void {
    this.#waiting.clear()
    this.#said.clear()
  }

  #flood(room: RoomKey, keys: ReadonlySet<string>): void {
    for (const key of keys) this.#waiting.delete(key)
    this.#said.set(room, null)
    this.#waiting.set(`${room}\n`, { name: 'messagesSkipped', payload: { room } })
  }

  #run(delay: number): void {
    this.#isRunning = true
    this.#options.after(delay, () => {
      this.#isRunning = false
      if (this.#waiting.size === 0) return
      const wasFlooded = [...this.#said.values()].includes(null)
      this.flush()
      this.#run(wasFlooded ? afterFlood : this.#options.delay)
    })
  }
}
