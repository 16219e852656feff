/** The position of the “New” line: set when a room is opened, and when messages arrive while nobody is looking. */
import type { MessageId } from '../../../shared/contract/model.ts'

/** The state of a room that decides it. */
export interface ReadState {
  unread: number
  lastReadId: MessageId | null
  /** Whether the newest messages are in front of the person's eyes. */
  seen: boolean
}

export interface NewLine {
  /** As in `buildRows`: the line stands after this message; undefined is nowhere. */
  readUpTo: MessageId | null | undefined
  /** Whether there was something unread at the last look. */
  hadUnread: boolean
}

/** @returns the line of a room that is just being opened. */
export const openNewLine = ({ unread, lastReadId }: ReadState): NewLine => ({
  readUpTo: unread > 0 ? lastReadId : undefined,
  hadUnread: unread > 0,
})

/** @returns the line after a change: it moves only if messages arrive unseen after everything had been read. */
export const moveNewLine = (line: NewLine, { unread, lastReadId, seen }: ReadState): NewLine => {
  const hadUnread = unread > 0
  if (hadUnread && !line.hadUnread && !seen) return { readUpTo: lastReadId, hadUnread }
  return hadUnread === line.hadUnread ? line : { ...line, hadUnread }
}
