import type { MessagePosition } from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import type { createSearchIndex } from './search.ts'
import {
  aPosition,
  numbered,
  oldestFirst,
  position,
  positionColumns,
  positionValues,
  type PositionValues,
} from './position.ts'

/** Messages that one transaction looks at: some ten milliseconds of work, so that no query waits long. */
const stepSize = 200

const beforeAll: MessagePosition = { sortAt: Number.MIN_SAFE_INTEGER, offset: null, seq: 0 }

/** A message that may go only if nothing needs it. */
type Old = MessagePosition & { isNeeded: 0 | 1 }

/**
 * Removes old messages step by step while the thread is idle. Unread and unsent messages stay, and so do those that a room points to: its
 * preview, its read mark. A message counts as old when both its time and its arrival are, so that a server with a wrong clock loses nothing.
 * @param erase is called when something was removed.
 * @returns a function that begins a pass; a pass that is running ends. It resolves to the number of removed messages.
 */
export const createRetention = (
  db: WritableDatabase,
  index: Pick<ReturnType<typeof createSearchIndex>, 'mending'>,
  erase: () => void,
): ((before: number) => Promise<number>) => {
  const rooms = db.prepare<[], number>('SELECT id FROM rooms').pluck()
  const next = db.prepare<[number, number, number, number, number, ...PositionValues, number], Old>(`
    WITH room AS (SELECT * FROM rooms WHERE id = ?),
      mark AS (SELECT sort_at, ${numbered} AS numbered, seq FROM messages WHERE seq = (SELECT read_mark FROM room))
    SELECT ${positionColumns},
      messages.received_at >= ?
      OR ifnull(messages.delivery, 'confirmed') <> 'confirmed'
      OR messages.seq IN (room.read_mark, room.last_chat)
      OR ifnull(messages.id = room.last_read_id, 0)
      OR (room.unread > 0 AND ifnull(${position} > (SELECT * FROM mark), 1)) AS isNeeded
    FROM messages JOIN room ON room.id = messages.room
    WHERE messages.room = ? AND messages.sort_at < ? AND messages.sort_at >= ? AND ${position} > ${aPosition}
    ORDER BY ${oldestFirst} LIMIT ?`)
  const remove = db.prepare<[number]>('DELETE FROM messages WHERE seq = ?')

  /** @returns what was looked at last and how many were removed; null at the end of the room. */
  const step = index.mending(
    db.transaction((room: number, before: number, after: MessagePosition) => {
      const found = next.all(room, before, room, before, after.sortAt, ...positionValues(after), stepSize)
      const old = found.filter(({ isNeeded }) => isNeeded !== 1)
      for (const { seq } of old) remove.run(seq)
      return { removed: old.length, last: found.length === stepSize ? found.at(-1) : undefined }
    }),
  )

  let latest = 0
  return async before => {
    const pass = ++latest
    let removed = 0
    for (const room of rooms.all()) {
      let at: MessagePosition | undefined = beforeAll
      while (at) {
        await new Promise(resolve => setImmediate(resolve))
        if (!db.open || pass !== latest) return removed
        const done = step(room, before, at)
        removed += done.removed
        at = done.last
      }
    }
    if (removed > 0) erase()
    return removed
  }
}
