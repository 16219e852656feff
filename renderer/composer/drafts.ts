/** Unsent text per room. Drafts are written in this window, so its own text takes precedence over the cache's. */
import type { Api } from '../../shared/bridge/api.ts'
import { Failure } from '../../shared/contract/errors.ts'
import { maxDraftLength } from '../../shared/contract/messenger-commands.ts'
import type { Room, RoomKey } from '../../shared/contract/model.ts'

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
}

/** @param onFailure told when a draft could not be saved; the text stays here. */
export const createDrafts = (api: Api, onFailure: (thrown: unknown) => void): Drafts => {
  const texts = new Map<RoomKey, string>()
  const unsaved = new Set<RoomKey>()
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Of a room whose server was removed nothing can be saved; its view says so. */
  const failed = (thrown: unknown): void => {
    if (!(thrown instanceof Failure && thrown.error.code === 'not-found')) onFailure(thrown)
  }
  const flush = (): void => {
    clearTimeout(timer)
    for (const room of unsaved) {
      const text = (texts.get(room) ?? '').slice(0, maxDraftLength)
      void api.call('saveDraft', { room, text }).catch(failed)
    }
    unsaved.clear()
  }

  return {
    of: room => texts.get(room.key) ?? room.draft,
    type: (room, text) => {
      texts.set(room, text)
      unsaved.add(room)
      clearTimeout(timer)
      timer = setTimeout(flush, saveDelay)
    },
    flush,
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
