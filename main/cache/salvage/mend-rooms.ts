import type { MessagePosition, RoomKey } from '../../../shared/contract/model.ts'
import { chatType } from '../../../shared/contract/model.ts'
import type { WritableDatabase } from '../../sqlite/database.ts'
import { createRoomRows } from '../room-rows.ts'
import { createSearchIndex } from '../search.ts'

/** After every message. */
const end: MessagePosition = { sortAt: Number.MAX_SAFE_INTEGER, offset: null, seq: Number.MAX_SAFE_INTEGER }

/**
 * Makes the rooms agree with the messages that were copied: previews, read marks and counts. The history of every room is read again from its
 * beginning, because nobody knows what is missing. Where the read mark is lost, everything that had come counts as read.
 * A lost name of the person is taken from what they have said.
 */
export const mendRooms = (db: WritableDatabase): void => {
  const rowsOf = createRoomRows(db, createSearchIndex(db))
  const keys = db.prepare<[], RoomKey>('SELECT key FROM rooms').pluck()
  const hadMark = db
    .prepare<[RoomKey], 0 | 1>('SELECT read_mark IS NOT NULL FROM rooms WHERE key = ?')
    .pluck()
  db.transaction(() => {
    for (const key of keys.all()) {
      const rows = rowsOf(key)
      if (!rows) continue
      const summary = rows.loadSummary()
      const isMarkLost = hadMark.get(key) === 1 && summary.readMark === null
      if (isMarkLost) {
        summary.readMark = rows.othersUpTo(end)
        if (summary.resume) summary.readOffset = Math.max(summary.readOffset ?? 0, summary.resume.offset + 1)
      }
      summary.last = rows.newestChat()
      summary.resume = null
      Object.assign(summary, rows.countAfter(summary.readMark))
      rows.saveSummary(summary)
    }
    // Without a name, the person would be asked for one before they see anything.
    db.exec(
      `INSERT OR IGNORE INTO person SELECT 1, sender FROM messages WHERE own = 1 ORDER BY seq DESC LIMIT 1`,
    )
    // The index of the search is built step by step when the cache is opened.
    db.exec(`
      DELETE FROM reindexing;
      INSERT INTO reindexing SELECT 1, max(seq) + 1 FROM messages WHERE type = '${chatType}' HAVING max(seq) IS NOT NULL`)
  })()
}
