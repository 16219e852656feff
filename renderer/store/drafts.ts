/** Unsent text per room. Drafts are written in this window, so its own text takes precedence over the cache's. */
import type { Api } from '../../shared/bridge/api.ts'
import { Failure } from '../../shared/contract/errors.ts'
import { maxDraftLength } from '../../shared/contract/messenger-commands.ts'
import type { Message, Room, RoomKey } from '../../shared/contract/model.ts'

/** Rest between the last key and the saving, in ms. */
const saveDelay = 300

export interface Drafts {
  /** @returns the text for the composer of `room`. */
  of: (room: Pick<Room, 'key' | 'draft'>) => string
  /** Takes the text of the composer, and saves it soon. */
  type: (room: RoomKey, text: string) => void
  /** Saves unsaved drafts now. */
  flush: () => void
  /** Forgets the draft of `room`: sending clears it in the cache too. */
  sent: (room: RoomKey) => void
  /** Has the composer of `room` show a draft that changes elsewhere. @returns ends that. */
  follow: (room: RoomKey, write: (text: string) => void) => () => void
  /**
   * Puts the text of a message before the draft of `room`, saves it, and discards the message then, so that the text
   * is never nowhere.
   */
  edit: (room: Pick<Room, 'key' | 'draft'>, message: Pick<Message, 'id' | 'content'>) => Promise<void>
}

/** @param onFailure told when a draft could not be saved; the text stays here. */
export const createDrafts = (api: Api, onFailure: (thrown: unknown) => void): Drafts => {
  const texts = new Map<RoomKey, string>()
  const unsaved = new Set<RoomKey>()
  const composers = new Map<RoomKey, (text: string) => void>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Of a room whose server was removed nothing can be saved; its view says so. */
  const failed = (thrown: unknown): void => {
    if (!(thrown instanceof Failure && thrown.error.code === 'not-found')) onFailure(thrown)
  }
  const save = (room: RoomKey, text: string): Promise<unknown> =>
    api.call('saveDraft', { room, text: text.slice(0, maxDraftLength) })
  const flush = (): void => {
    clearTimeout(timer)
    for (const room of unsaved) void save(room, texts.get(room) ?? '').catch(failed)
    unsaved.clear()
  }
  const of: Drafts['of'] = room => texts.get(room.key) ?? room.draft

  return {
    of,
    type: (room, text) => {
      texts.set(room, text)
      unsaved.add(room)
      clearTimeout(timer)
      timer = setTimeout(flush, saveDelay)
    },
    flush,
    follow: (room, write) => {
      composers.set(room, write)
      return () => {
        if (composers.get(room) === write) composers.delete(room)
      }
    },
    edit: async (room, { id, content }) => {
      const { key } = room
      const text = [content, of(room)].filter(Boolean).join('\n')
      texts.set(key, text)
      composers.get(key)?.(text)
      try {
        await save(key, text)
        await api.call('discardMessage', { room: key, id })
      } catch (thrown) {
        onFailure(thrown)
      }
    },
    sent: room => {
      texts.set(room, '')
      unsaved.delete(room)
    },
  }
}

const draftsOfApi = new WeakMap<Api, Drafts>()

/** @returns the drafts over `api`: one set of them, whoever asks. The first to ask says where failures go. */
export const draftsOf = (api: Api, onFailure: (thrown: unknown) => void): Drafts => {
  const known = draftsOfApi.get(api)
  if (known) return known
  const drafts = createDrafts(api, onFailure)
  draftsOfApi.set(api, drafts)
  return drafts
}
