/** One search: the query as it is typed, where it looks, and what was found so far. Plain TypeScript. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../api.ts'
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import { deletedType, type Message, type RoomKey, type SearchHit } from '../../shared/contract/model.ts'

/** Rest between the last key and the search, in ms. */
const typingDelay = 120
/** Longest query that the cache takes, in UTF-16 units. */
const maxQueryLength = 200

interface SearchState {
  /** Where to look: one room, or everywhere (null). */
  room: RoomKey | null
  /** The query that `hits` belong to; empty before the first answer. */
  query: string
  hits: readonly SearchHit[]
  /** Whether there is more than `hits`. */
  hasMore: boolean
  error: AppError | null
}

export interface SearchRun extends StoreApi<SearchState> {
  /**
   * Searches for `text` soon. While an input method composes, an answer without hits is not shown: half a syllable finds nothing,
   * and what was found a moment ago is better than that.
   */
  type: (text: string, composing: boolean) => void
  lookIn: (room: RoomKey | null) => void
  loadMore: () => Promise<void>
  /** A message has changed: one that was deleted is not found any more. */
  changed: (message: Message) => void
  /** Ends what is under way. */
  stop: () => void
}

/** @returns a search that looks in `room`, or everywhere. */
export const createSearchRun = (api: Api, room: RoomKey | null): SearchRun => {
  const store = createStore<SearchState>(() => ({ room, query: '', hits: [], hasMore: false, error: null }))
  let typed = ''
  let next: number | null = null
  /** The search under way; the answer to an older one is dropped. */
  let asked: symbol | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async (before: number | null, composing: boolean): Promise<void> => {
    const mine = Symbol('search')
    asked = mine
    const query = typed
    const { room: within, hits: known } = store.getState()
    try {
      const page = await api.call('searchMessages', {
        query,
        ...(within !== null && { room: within }),
        ...(before !== null && { before }),
      })
      if (asked !== mine) return
      if (composing && page.hits.length === 0) return
      next = page.next
      const hits = before === null ? page.hits : [...known, ...page.hits]
      store.setState({ query, hits, hasMore: next !== null, error: null })
    } catch (thrown) {
      if (asked === mine) store.setState({ query, hits: [], hasMore: false, error: toAppError(thrown) })
    } finally {
      if (asked === mine) asked = null
    }
  }

  const stop = (): void => {
    clearTimeout(timer)
    asked = null
  }

  return {
    ...store,
    type: (text, composing) => {
      stop()
      typed = text.normalize('NFC').trim().slice(0, maxQueryLength)
      if (typed === '') store.setState({ query: '', hits: [], hasMore: false, error: null })
      else timer = setTimeout(() => void ask(null, composing), typingDelay)
    },
    lookIn: within => {
      stop()
      store.setState({ room: within })
      if (typed !== '') void ask(null, false)
    },
    loadMore: async () => {
      if (next !== null && asked === null && store.getState().query === typed) await ask(next, false)
    },
    changed: ({ type, room: key, id }) => {
      if (type !== deletedType) return
      const { hits } = store.getState()
      const left = hits.filter(({ message }) => message.id !== id || message.room !== key)
      if (left.length < hits.length) store.setState({ hits: left })
    },
    stop,
  }
}
