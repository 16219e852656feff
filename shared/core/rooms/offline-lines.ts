/** Marks where messages may be missing: on a server without history, a room has a line for each time the person was offline. */
import { messageIdSchema, offlineType, type RoomKey } from '../../contract/model.ts'
import type { ArrivedMessage, Ports, Stored } from '../ports.ts'

/** Milliseconds between two notes of the rooms that are followed; a crash moves the beginning of a line back by at most this much. */
const noteEvery = 60_000

export interface OfflineLinesOptions {
  ports: Pick<Ports, 'cache' | 'clock' | 'ids'>
  /** @returns when the session heard from its server last. Milliseconds since the epoch. */
  heardAt: () => number
  onStored: (stored: Stored) => void
  onFailed: (thrown: unknown) => void
}

/** The rooms that one session follows. */
export class OfflineLines {
  readonly #options: OfflineLinesOptions
  readonly #followed = new Set<RoomKey>()
  #cancelNote: () => void

  constructor(options: OfflineLinesOptions) {
    this.#options = options
    this.#cancelNote = this.#noteLater()
  }

  /** The room is followed from now on: stores its line, if it was followed before. Rejects with the cache's failure. */
  async follow(room: RoomKey): Promise<void> {
    const { cache, clock, ids } = this.#options.ports
    const until = await cache.followedUntil(room)
    const now = clock.now()
    if (until !== null) {
      const line: ArrivedMessage = {
        room,
        id: messageIdSchema.parse(ids.next()),
        type: offlineType,
        sender: '',
        senderId: null,
        content: '',
        // A clock that was set back does not turn the line around.
        sentAt: Math.min(until, now),
        receivedAt: now,
        offset: null,
        own: false,
        mentionsMe: false,
        extra: null,
      }
      this.#options.onStored(await cache.storeMessages([line]))
    }
    await cache.saveFollowed([room], now)
    this.#followed.add(room)
  }

  /** The person has left the room, and misses nothing in it. */
  unfollow(room: RoomKey): void {
    if (this.#followed.delete(room)) this.#save([room], null)
  }

  /** The session has ended. */
  end(): void {
    this.#cancelNote()
    this.#note()
  }

  #note(): void {
    if (this.#followed.size > 0) this.#save([...this.#followed], this.#options.heardAt())
  }

  #noteLater(): () => void {
    return this.#options.ports.clock.after(noteEvery, () => {
      this.#note()
      this.#cancelNote = this.#noteLater()
    })
  }

  #save(rooms: RoomKey[], at: number | null): void {
    const { ports, onFailed } = this.#options
    ports.cache.saveFollowed(rooms, at).catch(onFailed)
  }
}
