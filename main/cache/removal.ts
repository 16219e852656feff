import { deletedType, type Message } from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import type { createReadMarks } from './read-marks.ts'
import type { createSearchIndex } from './search.ts'
import type { createSummaries, Summary } from './summaries.ts'

/** What takes a message out of its room, or its text alone: out of the index, the summary and what was read as well. */
export const createRemoval = (
  db: WritableDatabase,
  summaries: ReturnType<typeof createSummaries>,
  readMarks: Pick<ReturnType<typeof createReadMarks>, 'leave'>,
  index: Pick<ReturnType<typeof createSearchIndex>, 'remove'>,
) => {
  const remove = db.prepare<[number]>('DELETE FROM messages WHERE seq = ?')
  const empty = db.prepare<[number]>(`
    UPDATE messages SET type = '${deletedType}', content = '', mentions_me = 0, delivery = NULL, failure = NULL, extra = NULL
    WHERE seq = ?`)
  const countAnew = (summary: Summary): void => {
    summaries.findLast(summary)
    summaries.countUnread(summary)
  }

  return {
    remove: (summary: Summary, message: Message): void => {
      remove.run(message.seq)
      readMarks.leave(summary, message)
      countAnew(summary)
    },
    /** @returns what stays in its place. */
    empty: (summary: Summary, message: Message): Message => {
      empty.run(message.seq)
      index.remove(message.seq)
      countAnew(summary)
      return { ...message, type: deletedType, content: '', mentionsMe: false, delivery: null, failure: null }
    },
  }
}
