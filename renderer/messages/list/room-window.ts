/** The loaded part of one room: a stretch of its history without a hole, in order, of bounded length. Plain TypeScript. */
import { toAppError, type AppError } from '../../../shared/contract/errors.ts'
import {
  compareMessages,
  type Message,
  type MessageId,
  type MessagePage,
  type RoomKey,
} from '../../../shared/contract/model.ts'
import type { InputOf } from '../../../shared/contract/api.ts'

/** Messages asked for at once. */
export const pageSize = 100
/** Most messages kept; beyond that the part far from the reader is dropped, and read again when it is needed. */
export const maxLoaded = 600

/** The loaded messages, and the state of the list. A new object with every change. */
export interface LoadedMessages {
  /** `opening` before the first page is there. */
  phase: 'opening' | 'ready'
  messages: readonly Message[]
  hasEarlier: boolean
  hasLater: boolean
  /** Why the last page could not be read; nothing more is read until {@link RoomWindow.retry}. */
  error: AppError | null
  /** Whether the newest message is in view; null while the list is not shown, or has no place yet. */
  atEnd: boolean | null
  /** The target that the list has to bring into view; null once it has. */
  target: JumpTarget | null
}

/** A new object for each jump: another jump to the same message counts. */
export interface JumpTarget {
  /** Null is the end. */
  id: MessageId | null
  /** The character of the message that has to be in view, in UTF-16 units. */
  at: number
}

/** Where the reader is: the topmost visible row and how much of it is scrolled away (px). Null is the end. */
interface ReadingPosition {
  key: string
  /** The message of that row, or the next one below it: what is asked for where the row is not loaded any more. */
  id: MessageId
  offset: number
}

/** A stretch of a room without a hole. */
export interface Stretch {
  messages: readonly Message[]
  hasEarlier: boolean
  hasLater: boolean
}

/** The new state of messages by id; null for a removed one. */
export type Changes = ReadonlyMap<MessageId, Message | null>

/**
 * @returns the messages of `stretch` after `changes`, in order. A message that belongs to a part of the room that is not loaded is left out; one
 *   that stays where it is stays in. The same array if nothing changes.
 */
export const mergeMessages = (
  { messages, hasEarlier, hasLater }: Stretch,
  changes: Changes,
): readonly Message[] => {
  const standing = new Set<MessageId>()
  let isChanged = false
  const kept: Message[] = []
  for (const message of messages) {
    const change = changes.get(message.id)
    if (change === undefined) {
      kept.push(message)
      continue
    }
    isChanged = true
    if (change && compareMessages(message, change) === 0) {
      kept.push(change)
      standing.add(change.id)
    }
  }
  const [first, last] = [kept.at(0), kept.at(-1)]
  const isLoaded = (message: Message): boolean =>
    !(hasEarlier && (!first || compareMessages(message, first) < 0)) &&
    !(hasLater && (!last || compareMessages(last, message) <= 0))
  const placed: Message[] = []
  for (const message of changes.values())
    if (message && !standing.has(message.id) && isLoaded(message)) placed.push(message)
  if (placed.length === 0) return isChanged ? kept : messages
  return [...kept, ...placed].sort(compareMessages)
}

interface Options {
  room: RoomKey
  /** Reads a page from the cache. */
  list: (input: InputOf<'listMessages'>) => Promise<MessagePage>
  /** Calls `run` once, when the next frame is made. */
  nextFrame: (run: () => void) => void
}

/** @returns both, without the messages of `later` that `earlier` holds already. */
const joined = (earlier: readonly Message[], later: readonly Message[]): Message[] => {
  const known = new Set(earlier.map(message => message.id))
  return [...earlier, ...later.filter(message => !known.has(message.id))]
}

/** It is empty until {@link RoomWindow.open}. */
export class RoomWindow {
  readonly room: RoomKey
  readonly #options: Options
  readonly #listeners = new Set<() => void>()
  #published: LoadedMessages = {
    phase: 'opening',
    messages: [],
    hasEarlier: false,
    hasLater: false,
    error: null,
    atEnd: null,
    target: null,
  }
  #current = this.#published
  #framePending = false
  /** The load under way; an older one finds that it is not it any more, and its answer is dropped. */
  #loading: symbol | null = null
  /** What events told while a page was on its way; null for a removed message. */
  #meanwhile = new Map<MessageId, Message | null>()
  #repeat = (): Promise<void> => Promise.resolve()
  #served: object | null = null
  #position: ReadingPosition | null = null

  constructor(options: Options) {
    this.room = options.room
    this.#options = options
  }

  readonly state = (): LoadedMessages => this.#published

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Reads the newest messages, or those on both sides of `around`, and forgets the others. */
  open(around?: MessageId): Promise<void> {
    return this.#load(
      () => this.open(around),
      around === undefined ? {} : { around },
      page => this.#change(page),
    )
  }

  async loadEarlier(): Promise<void> {
    const [first] = this.#current.messages
    if (!first || !this.#current.hasEarlier || !this.#canLoad()) return
    const again = (): Promise<void> =>
      this.#load(again, { before: first.id }, ({ messages, hasEarlier }) => {
        this.#change({ messages: joined(messages, this.#current.messages), hasEarlier })
        this.#trim('later')
      })
    await again()
  }

  async loadLater(): Promise<void> {
    const last = this.#current.messages.at(-1)
    if (!last || !this.#current.hasLater || !this.#canLoad()) return
    const again = (): Promise<void> =>
      this.#load(again, { after: last.id }, ({ messages, hasLater }) => {
        this.#change({ messages: joined(this.#current.messages, messages), hasLater })
        this.#trim('earlier')
      })
    await again()
  }

  /** Repeats what failed. */
  retry(): Promise<void> {
    this.#change({ error: null })
    this.#publish()
    return this.#repeat()
  }

  /**
   * Reads the message, where it is not loaded, and makes it the target: once for each `request`, an object of its own.
   * @param at as {@link JumpTarget.at}; the beginning unless it is given.
   */
  async jumpTo(id: MessageId, request: object, at?: number): Promise<void> {
    if (request === this.#served) return
    this.#served = request
    const isLoaded = (): boolean => this.#current.messages.some(message => message.id === id)
    if (!isLoaded()) await this.open(id)
    if (request === this.#served && isLoaded()) this.#aimAt(id, at)
  }

  /** Goes to the newest message. */
  async jumpToEnd(): Promise<void> {
    this.#served = null
    if (this.#current.hasLater) await this.open()
    this.#aimAt(null)
  }

  /** The target is in view. */
  arrived(): void {
    this.#change({ target: null })
    this.#publish()
  }

  /** Takes in messages that are new, have changed or were removed. */
  receive(changes: Changes): void {
    if (this.#loading !== null) for (const [id, message] of changes) this.#meanwhile.set(id, message)
    if (this.#current.phase === 'opening') return
    this.#apply(changes)
    this.#trim(this.#position === null ? 'earlier' : 'later')
    this.#publish()
  }

  /** New messages were left out: reads the newest again for a reader at the end, and knows for any other that there are later ones. */
  skip(): void {
    if (this.#current.phase === 'opening') return
    if (this.#loading !== null || (this.#position === null && !this.#current.hasLater))
      void this.open(this.#position?.id)
    else {
      this.#change({ hasLater: true })
      this.#publish()
    }
  }

  position(): ReadingPosition | null {
    return this.#position
  }

  /** Saves the reader's position, also for the next time that the room is shown. */
  moveTo(position: ReadingPosition | null): void {
    this.#position = position
    this.#setAtEnd(position === null)
  }

  /** The room is not on view any more. */
  leave(): void {
    this.#setAtEnd(null)
  }

  #change(change: Partial<LoadedMessages>): void {
    this.#current = { ...this.#current, ...change }
  }

  /** Reports changes at the next frame: a burst at once, and in step with the scroll events, which come just before it. */
  #publish(): void {
    if (this.#framePending || this.#current === this.#published) return
    this.#framePending = true
    this.#options.nextFrame(() => {
      this.#framePending = false
      this.#published = this.#current
      for (const listener of this.#listeners) listener()
    })
  }

  #apply(changes: Changes): void {
    const messages = mergeMessages(this.#current, changes)
    if (messages !== this.#current.messages) this.#change({ messages })
  }

  #trim(drop: 'earlier' | 'later'): void {
    const { messages } = this.#current
    if (messages.length <= maxLoaded) return
    if (drop === 'earlier') this.#change({ messages: messages.slice(-maxLoaded), hasEarlier: true })
    else this.#change({ messages: messages.slice(0, maxLoaded), hasLater: true })
  }

  #canLoad(): boolean {
    return this.#loading === null && this.#current.error === null
  }

  async #load(
    again: () => Promise<void>,
    input: Partial<InputOf<'listMessages'>>,
    take: (page: MessagePage) => void,
  ): Promise<void> {
    const mine = Symbol('load')
    this.#loading = mine
    this.#meanwhile = new Map()
    this.#repeat = again
    try {
      const page = await this.#read(input)
      if (this.#loading !== mine) return
      take(page)
      this.#change({ phase: 'ready', error: null })
      this.#apply(this.#meanwhile)
    } catch (thrown) {
      if (this.#loading !== mine) return
      this.#change({ error: toAppError(thrown) })
    }
    this.#loading = null
    this.#publish()
  }

  async #read(input: Partial<InputOf<'listMessages'>>): Promise<MessagePage> {
    const newest = { room: this.room, limit: pageSize }
    const { list } = this.#options
    try {
      return await list({ ...newest, ...input })
    } catch (thrown) {
      // The message to start from has been removed: the newest do as well.
      if (input.around === undefined || toAppError(thrown).code !== 'not-found') throw thrown
      return list(newest)
    }
  }

  #aimAt(id: MessageId | null, at = 0): void {
    this.#change({ target: { id, at } })
    this.#publish()
  }

  #setAtEnd(atEnd: boolean | null): void {
    if (atEnd !== this.#current.atEnd) this.#change({ atEnd })
    this.#publish()
  }
}
