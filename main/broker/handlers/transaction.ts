import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection.ts'
import { sizeOf } from '../publication.ts'
import type { Work } from '../transactions.ts'
import { requireHeader, type Handler } from './handler.ts'

/**
 * A handler for frames that may be part of a transaction.
 * @param prepare checks the frame, and returns what carries it out: at once, or when its transaction commits.
 */
export const transactional =
  (prepare: (connection: Connection, frame: Frame) => Work): Handler =>
  (connection, frame) => {
    const name = frame.headers.get('transaction')
    if (name === undefined) return prepare(connection, frame)()
    // The body is a view of what was read: a copy of its own lets go of the rest.
    const kept = { ...frame, body: new Uint8Array(frame.body) }
    connection.transactions.add(name, prepare(connection, kept), sizeOf(kept.headers, kept.body))
  }

export const begin: Handler = (connection, frame) =>
  connection.transactions.begin(requireHeader(frame, 'transaction'))

/** COMMIT: carries out all at once, in order; its RECEIPT says that all of it was done. */
export const commit: Handler = async (connection, frame) => {
  const works = connection.transactions.end(requireHeader(frame, 'transaction'))
  await Promise.all(works.map(async work => await work()))
}

export const abort: Handler = (connection, frame) => {
  connection.transactions.end(requireHeader(frame, 'transaction'))
}
