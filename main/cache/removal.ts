import type { Message } from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import type { createReadMarks } from './read-marks.ts'
import type { createSummaries, Summary } from './summaries.ts'

/** @returns what takes a message out of its room: its text and its place in the index, in the summary and in what was read. */
export const createRemoval = (
  db: WritableDatabase,
  summaries: ReturnType<typeof createSummaries>,
  readMarks: ReturnType<typeof createReadMarks>,
) => {
  const remove = db.prepare<[number]>('DELETE FROM messages WHERE seq = ?')
  return (summary: Summary, message: Message): void => {
    remove.run(message.seq)
    readMarks.leave(summary, message)
    summaries.findLast(summary)
    summaries.countUnread(summary)
  }
}
