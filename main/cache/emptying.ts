import { inBatches } from '../sqlite/batches.ts'
import type { WritableDatabase } from '../sqlite/database.ts'

/**
 * @returns a function that deletes all messages of a room in batches; call it before the room is deleted. A single statement that deletes a
 *   million rows fills the folder for temporary files, see {@link inBatches}.
 */
export const createEmptying = (db: WritableDatabase): ((room: number) => void) => {
  const removeSome = db.prepare<[number, number]>(
    'DELETE FROM messages WHERE seq IN (SELECT seq FROM messages WHERE room = ? LIMIT ?)',
  )
  return room => inBatches({ run: limit => removeSome.run(room, limit) })
}
