/** What a stored message means for the files. */
import { deletionSchema } from '../../../shared/protocol/messages.ts'
import type { HostLog } from '../ports/options.ts'
import { isRelation, type Entry } from '../ports/room-log.ts'
import type { Files } from './files.ts'

/** Nearly every message has no file, so this costs next to nothing. An error is logged: the message itself is stored. */
export const followFile = (
  files: Files,
  log: HostLog,
  entry: Entry,
  { offset, body }: { offset: number; body: Uint8Array },
): void => {
  try {
    if (!isRelation(entry)) files.stored({ ...entry, offset })
    else if (entry.kind === 'delete') {
      const { targetOffset } = deletionSchema.parse(JSON.parse(Buffer.from(body).toString()))
      files.erased(entry.roomId, targetOffset)
    }
  } catch (thrown) {
    log.error('file of a message not updated', { error: String(thrown) })
  }
}
