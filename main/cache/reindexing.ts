import { chatType } from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import type { createSearchIndex } from './search.ts'

/** Messages per transaction: about ten milliseconds of work, so that no query waits long. */
const mostMessages = 200
/** UTF-16 units. */
const mostText = 100_000

/**
 * Re-indexes the messages that an earlier version of the app has indexed, newest first, in steps while the thread is idle. Each step
 * is a transaction, so memory and the write-ahead log stay small, and the next start of the app continues where this one stopped.
 * @param onDone is called when all messages are indexed; the replaced entries are still in the file then.
 */
export const startReindexing = (
  db: WritableDatabase,
  index: Pick<ReturnType<typeof createSearchIndex>, 'add' | 'remove' | 'mending'>,
  onDone: () => void,
): void => {
  const selectBelow = db.prepare<[], number>('SELECT below FROM reindexing').pluck()
  const setBelow = db.prepare<[number]>('UPDATE reindexing SET below = ?')
  const end = db.prepare<[]>('DELETE FROM reindexing')
  const selectNext = db.prepare<[number], { seq: number; content: string }>(
    `SELECT seq, content FROM messages WHERE type = '${chatType}' AND seq < ? ORDER BY seq DESC LIMIT 1`,
  )

  /** @returns the newest messages below `below`, oldest first, because FTS5 wants ascending rowids. */
  const take = (below: number): { seq: number; content: string }[] => {
    const taken = []
    let text = 0
    let next = selectNext.get(below)
    while (next && taken.length < mostMessages && text < mostText) {
      taken.push(next)
      text += next.content.length
      next = selectNext.get(next.seq)
    }
    return taken.reverse()
  }

  /** @returns whether there may be more. */
  const reindex = index.mending(
    db.transaction((): boolean => {
      const below = selectBelow.get()
      if (below === undefined) return false
      const messages = take(below)
      for (const { seq, content } of messages) {
        index.remove(seq)
        index.add(seq, content)
      }
      const [oldest] = messages
      if (oldest) setBelow.run(oldest.seq)
      else end.run()
      return oldest !== undefined
    }),
  )

  const step = (): void => {
    if (!db.open) return
    try {
      if (reindex()) setImmediate(step)
      else onDone()
    } catch {
      // A full disk: continues at the next start of the app.
    }
  }
  if (selectBelow.get() !== undefined) setImmediate(step)
}
