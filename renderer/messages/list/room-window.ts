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

/** What the list shows. A new object with every change. */
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
  /** What the list is to bring into view; null once it has. */
  target: JumpTarget | null
}

/** An object of its own for each jump: going to the same place again is another jump. */
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

export interface RoomWindow {
  readonly room: RoomKey
  state: () => LoadedMessages
  subscribe: (listener: () => void) => () => void
  /** Reads the newest messages, or those on both sides of `around`, and forgets the others. */
  open: (around?: MessageId) => Promise<void>
  loadEarlier: () => Promise<void>
  loadLater: () => Promise<void>
  /** Repeats what failed. */
  retry: () => Promise<void>
  /**
   * Reads the message, where it is not loaded, and makes it the target: once for each `request`, an object of its own.
   * @param at as {@link JumpTarget.at}; the beginning unless it is given.
   */
  jumpTo: (id: MessageId, request: object, at?: number) => Promise<void>
  /** Goes to the newest message. */
  jumpToEnd: () => Promise<void>
  /** The target is in view. */
  arrived: () => void
  /** Takes in messages that are new, have changed or were removed. */
  receive: (changes: Changes) => void
  /** New messages were left out: reads the newest again for a reader at the end, and knows for any other that there are later ones. */
  skip: () => void
  position: () => ReadingPosition | null
  /** Notes where the reader is, also for the next time that the room is shown. */
  moveTo: (position: ReadingPosition | null) => void
  /** The room is not on view any more. */
  leave: () => void
}

/** A stretch of a room without a hole. */
export interface Stretch {
  messages: readonly Message[]
  hasEarlier: boolean
  hasLater: boolean
}

/** What became of messages, by their id: each as it is now, or null where it was removed. */
export type Changes = ReadonlyMap<MessageId, Message | null>

/**
 * @returns the messages of `stretch` after `changes`, in order. A message that belongs to a part of the room that is not loaded is left out; one
 *   that stays where it is stays in. The same array where nothing changes.
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

/** @returns a window that is empty until {@link RoomWindow.open}. */
export const createRoomWindow = ({ room, list, nextFrame }: Options): RoomWindow => {
  const listeners = new Set<() => void>()
  let published: LoadedMessages = {
    phase: 'opening',
    messages: [],
    hasEarlier: false,
    hasLater: false,
    error: null,
    atEnd: null,
    target: null,
  }
  let current = published
  let framePending = false
  /** The load under way; an older one finds that it is not it any more, and its answer is dropped. */
  let loading: symbol | null = null
  /** What events told while a page was on its way; null for a removed message. */
  let meanwhile = new Map<MessageId, Message | null>()
  let repeat = (): Promise<void> => Promise.resolve()
  let served: object | null = null
  let position: ReadingPosition | null = null

  /** Every change is told at the next frame: a burst at once, and in step with the scroll events, which come just before it. */
  const publish = (): void => {
    if (framePending || current === published) return
    framePending = true
    nextFrame(() => {
      framePending = false
      published = current
      for (const listener of listeners) listener()
    })
  }

  const apply = (changes: Changes): void => {
    const messages = mergeMessages(current, changes)
    if (messages !== current.messages) current = { ...current, messages }
  }

  const trim = (drop: 'earlier' | 'later'): void => {
    const { messages } = current
    if (messages.length <= maxLoaded) return
    current =
      drop === 'earlier'
        ? { ...current, messages: messages.slice(-maxLoaded), hasEarlier: true }
        : { ...current, messages: messages.slice(0, maxLoaded), hasLater: true }
  }

  const load = async (
    again: () => Promise<void>,
    input: Partial<InputOf<'listMessages'>>,
    take: (page: MessagePage) => void,
  ): Promise<void> => {
    const mine = Symbol('load')
    loading = mine
    meanwhile = new Map()
    repeat = again
    try {
      const page = await list({ room, limit: pageSize, ...input }).catch((thrown: unknown) => {
        // The message to start from has been removed: the newest do as well.
        if (input.around === undefined || toAppError(thrown).code !== 'not-found') throw thrown
        return list({ room, limit: pageSize })
      })
      if (loading !== mine) return
      take(page)
      current = { ...current, phase: 'ready', error: null }
      apply(meanwhile)
    } catch (thrown) {
      if (loading !== mine) return
      current = { ...current, error: toAppError(thrown) }
    }
    loading = null
    publish()
  }

  const open: RoomWindow['open'] = around =>
    load(
      () => open(around),
      around === undefined ? {} : { around },
      page => {
        current = { ...current, ...page }
      },
    )

  /** @returns both, without the messages of `later` that `earlier` holds already. */
  const joined = (earlier: readonly Message[], later: readonly Message[]): Message[] => {
    const known = new Set(earlier.map(message => message.id))
    return [...earlier, ...later.filter(message => !known.has(message.id))]
  }

  const aimAt = (id: MessageId | null, at = 0): void => {
    current = { ...current, target: { id, at } }
    publish()
  }

  const setAtEnd = (atEnd: boolean | null): void => {
    if (atEnd !== current.atEnd) current = { ...current, atEnd }
    publish()
  }

  const canLoad = (): boolean => loading === null && current.error === null

  const loadEarlier: RoomWindow['loadEarlier'] = async () => {
    const [first] = current.messages
    if (!first || !current.hasEarlier || !canLoad()) return
    const again = (): Promise<void> =>
      load(again, { before: first.id }, page => {
        const messages = joined(page.messages, current.messages)
        current = { ...current, messages, hasEarlier: page.hasEarlier }
        trim('later')
      })
    await again()
  }

  const loadLater: RoomWindow['loadLater'] = async () => {
    const last = current.messages.at(-1)
    if (!last || !current.hasLater || !canLoad()) return
    const again = (): Promise<void> =>
      load(again, { after: last.id }, page => {
        const messages = joined(current.messages, page.messages)
        current = { ...current, messages, hasLater: page.hasLater }
        trim('earlier')
      })
    await again()
  }

  const receive = (changes: Changes): void => {
    if (loading !== null) for (const [id, message] of changes) meanwhile.set(id, message)
    if (current.phase === 'opening') return
    apply(changes)
    trim(position === null ? 'earlier' : 'later')
    publish()
  }

  return {
    room,
    position: () => position,
    moveTo: next => {
      position = next
      setAtEnd(next === null)
    },
    leave: () => setAtEnd(null),
    state: () => published,
    subscribe: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    open,
    loadEarlier,
    loadLater,
    retry: () => {
      current = { ...current, error: null }
      publish()
      return repeat()
    },
    jumpTo: async (id, request, at) => {
      if (request === served) return
      served = request
      const isLoaded = (): boolean => current.messages.some(message => message.id === id)
      if (!isLoaded()) await open(id)
      if (request === served && isLoaded()) aimAt(id, at)
    },
    jumpToEnd: async () => {
      served = null
      if (current.hasLater) await open()
      aimAt(null)
    },
    arrived: () => {
      current = { ...current, target: null }
      publish()
    },
    receive,
    skip: () => {
      if (current.phase === 'opening') return
      if (loading !== null || (position === null && !current.hasLater)) void open(position?.id)
      else {
        current = { ...current, hasLater: true }
        publish()
      }
    },
  }
}
