/** One search: the query as it is typed, its scope, and its hits so far. Plain TypeScript. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api } from '../../shared/bridge/api.ts'
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import { maxQueryLength } from '../../shared/contract/messenger-commands.ts'
import type { ChangedMessage, RoomKey, SearchHit } from '../../shared/contract/model.ts'
import { compose } from '../../shared/text/compose.ts'
import { endsInHangul } from '../../shared/text/hangul.ts'
import type { Sought } from '../../shared/text/query.ts'

/** Milliseconds between the last key and the search. */
const typingDelay = 120

interface SearchState {
  /** The room to search; null for all rooms. */
  room: RoomKey | null
  /** The query as typed so far. */
  typed: Sought
  /** The query that `hits` belong to; empty before the first answer. */
  sought: Sought
  hits: readonly SearchHit[]
  /** Whether there are more hits. */
  hasMore: boolean
  error: AppError | null
}

const nothing: Omit<SearchState, 'room' | 'typed'> = {
  sought: { query: '', isComposing: false },
  hits: [],
  hasMore: false,
  error: null,
}

export interface SearchRun extends StoreApi<SearchState> {
  /**
   * Searches for `text` soon. Hangul that is being composed is searched with the syllables it may become. The preview of other input
   * methods (にほん for 日本) is not the final text, so the search waits for it.
   */
  type: (text: string, isComposing: boolean) => void
  lookIn: (room: RoomKey | null) => void
  loadMore: () => Promise<void>
  /** A message has changed: removes it from the hits if it was deleted. */
  changed: (changed: ChangedMessage) => void
  /** Cancels the running search. */
  stop: () => void
}

/** @returns a search that looks in `room`, or everywhere. */
export const createSearchRun = (api: Api, room: RoomKey | null): SearchRun => {
  const store = createStore<SearchState>(() => ({ room, typed: nothing.sought, ...nothing }))
  let next: number | null = null
  /** The running search; answers to older ones are dropped. */
  let asked: symbol | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = async (before: number | null): Promise<void> => {
    const mine = Symbol('search')
    asked = mine
    const { room: within, typed: sought, hits: known } = store.getState()
    try {
      const page = await api.call('searchMessages', {
        ...sought,
        ...(within !== null && { room: within }),
        ...(before !== null && { before }),
      })
      if (asked !== mine) return
      next = page.next
      const hits = before === null ? page.hits : [...known, ...page.hits]
      store.setState({ sought, hits, hasMore: next !== null, error: null })
    } catch (thrown) {
      if (asked === mine) store.setState({ ...nothing, sought, error: toAppError(thrown) })
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
    type: (text, isComposing) => {
      if (isComposing && !endsInHangul(text)) return
      stop()
      const whole = compose(text).trim()
      const query = whole.slice(0, maxQueryLength)
      // Anything beyond the longest query is ignored.
      store.setState({ typed: { query, isComposing: isComposing && query === whole } })
      if (query === '') store.setState(nothing)
      else timer = setTimeout(() => void ask(null), typingDelay)
    },
    lookIn: within => {
      stop()
      store.setState({ room: within })
      if (store.getState().typed.query !== '') void ask(null)
    },
    loadMore: async () => {
      const { typed, sought } = store.getState()
      if (next !== null && asked === null && sought === typed) await ask(next)
    },
    changed: ({ message: { room: key, id }, change }) => {
      if (change !== 'deleted' && change !== 'removed') return
      const { hits } = store.getState()
      const left = hits.filter(({ message }) => message.id !== id || message.room !== key)
      if (left.length < hits.length) store.setState({ hits: left })
    },
    stop,
  }
}
