/** The room directory of one session: the list of rooms, their changes, and requests about them. */
import { Failure, type AppError } from '../../contract/errors.ts'
import type { Absence } from '../../contract/model.ts'
import type {
  DirectoryDialect,
  DirectoryEvent,
  ListedRoom,
  MemberChange,
  RoomRequest,
} from '../dialect/dialect.ts'
import { refusal, type Addressee } from '../dialect/error-frames.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'

/** Milliseconds to wait for the answer to a request. */
const answerDeadline = 10_000

export interface DirectoryOptions {
  session: Session
  dialect: DirectoryDialect
  clock: Clock
  ids: Ids
  log: Log
  addressee: Addressee
  onListed: (rooms: ListedRoom[]) => void
  /** A room has become available to the person. */
  onMade: (room: ListedRoom, invitedBy: string | null) => void
  onChanged: (room: ListedRoom) => void
  onRemoved: (room: ListedRoom, absence: Absence) => void
  /** A person's role in a room has changed. */
  onMember: (change: MemberChange) => void
  /** The server refused a request that no caller waits for. */
  onError: (error: AppError) => void
}

/** A pending request. */
interface Asked {
  resolve(room: ListedRoom): void
  reject(failure: Failure): void
}

/** Subscribed for the whole session. */
export class Directory {
  readonly #options: DirectoryOptions
  /** Pending requests by id, which answers and refusals carry. */
  readonly #asked = new Map<string, Asked>()
  /** The received part of an incomplete list. */
  #listed: ListedRoom[] = []

  constructor(options: DirectoryOptions) {
    this.#options = options
    const { session, dialect, log } = options
    for (const feed of dialect.feeds) listen(session, log, feed, event => this.#take(event))
  }

  /** @returns the room after the request. Rejects with the server's refusal, and with `offline` without an answer. */
  async ask(request: RoomRequest): Promise<ListedRoom> {
    const { session, dialect, clock, ids } = this.#options
    const requestId = ids.next()
    const answer = new Promise<ListedRoom>((resolve, reject) =>
      this.#asked.set(requestId, { resolve, reject }),
    )
    const fail = (failure: Failure): void => this.#asked.get(requestId)?.reject(failure)
    const cancel = clock.after(answerDeadline, () => fail(new Failure('offline')))
    session
      .send(dialect.request(request, requestId))
      .catch((thrown: unknown) =>
        fail(thrown instanceof Failure ? thrown : new Failure('offline', {}, thrown)),
      )
    try {
      return await answer
    } finally {
      cancel()
      this.#asked.delete(requestId)
    }
  }

  #take(event: DirectoryEvent): void {
    const options = this.#options
    switch (event.name) {
      case 'listed':
        this.#list(event.rooms, event.isLast)
        break
      case 'made':
        options.onMade(event.room, event.invitedBy)
        break
      case 'changed':
        options.onChanged(event.room)
        break
      case 'removed':
        options.onRemoved(event.room, event.absence)
        break
      case 'member':
        options.onMember(event.change)
        break
      case 'answered':
        this.#asked.get(event.requestId)?.resolve(event.room)
        break
      case 'refused':
        this.#refuse(event)
    }
  }

  #list(rooms: ListedRoom[], isLast: boolean): void {
    const listed = [...rooms, ...this.#listed]
    this.#listed = isLast ? [] : listed
    if (isLast) this.#options.onListed(listed)
  }

  #refuse({ requestId, receiptId, code, message }: DirectoryEvent & { name: 'refused' }): void {
    const { session, addressee, onError } = this.#options
    const error = refusal(code, message, addressee)
    const asked = this.#asked.get(requestId)
    asked?.reject(new Failure(error.code, error.params, error.detail))
    const isSent = session.refuse(receiptId, error)
    if (!asked && !isSent) onError(error)
  }
}
