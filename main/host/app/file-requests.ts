/** SEND `/app/file/…`: gives the tokens with which people send and read files over HTTP. */
import type { FileReply } from '../../../shared/protocol/events.ts'
import { filesPath } from '../files/http.ts'
import { refused } from '../wire/refusal.ts'
import { answeredRequest } from './answered-request.ts'
import type { AppContext } from './context.ts'
import { requireDeviceKey } from './person.ts'

const granted = ({ files: { tokens } }: AppContext, fileId: string, personId: string): FileReply => {
  const { token, expiresAt } = tokens.issue({ fileId, personId })
  const path = `${filesPath}${fileId}`
  return { file: { fileId, path, token, expiresAt: new Date(expiresAt).toISOString() } }
}

/** Announces a file. A guest, whose id changes with each connection, would have no limit. */
export const createFile = answeredRequest('/app/file/create', (context, { principal }, body) => {
  const { roomId, fileName, size } = body
  context.access.writable(roomId, principal.id)
  requireDeviceKey(context, principal.id)
  const record = context.files.files.create({ roomId, senderId: principal.id, name: fileName, size })
  return granted(context, record.fileId, principal.id)
})

/** A token for a file of a room: to read it, or to go on with one's own upload. */
export const openFile = answeredRequest('/app/file/open', (context, { principal }, { roomId, fileId }) => {
  context.access.readable(roomId, principal.id)
  const record = context.files.files.find(fileId)
  const isHeard = record?.senderId === principal.id || record?.messageId !== null
  if (record?.roomId !== roomId || !isHeard) throw refused('not-found', 'there is no such file in this room')
  return granted(context, fileId, principal.id)
})
