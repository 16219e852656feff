import { inBatches } from '../sqlite/batches.ts'
import type { WritableDatabase } from '../sqlite/database.ts'

/**
 * @returns what takes all messages of a room away, some at a time; to be called before the room is deleted. One statement that removes a
 *   million fills the folder for temporary files, see {@link inBatches}.
 */
export const createEmptying = (db: WritableDatabase): ((room: number) => void) => {
  const removeSome = db.prepare<[number, number]>(
    'DELETE FROM messages WHERE seq IN (SELECT seq FROM messages WHERE room = ? LIMIT ?)',
  )
  return room => inBatches({ run: limit => removeSome.run(room, limit) })
}
