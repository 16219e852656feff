import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { memoryOf } from '../frames/publication.ts'
import type { HeldFrame } from '../connection/transactions.ts'
import { nothing, type Work } from '../destinations/work.ts'
import { requireHeader, type Handler } from './handler.ts'

/**
 * A handler for frames that may be part of a transaction.
 * @param prepare checks the frame, and reserves what it needs until it is carried out: at once, or when its transaction commits.
 * @param hold keeps what the frame speaks of for as long as its transaction is open. @returns a function that ends that.
 */
export const transactional =
  (
    prepare: (connection: Connection, frame: Frame) => Work,
    hold: (connection: Connection, frame: Frame) => () => void = () => nothing,
  ): Handler =>
  (connection, frame) => {
    const name = frame.headers.get('transaction')
    if (name === undefined) return prepare(connection, frame).run()
    // The body is a view of what was read: a copy of its own lets go of the rest.
    const kept = { ...frame, body: new Uint8Array(frame.body) }
    // What is wrong with it by now need not wait for the COMMIT.
    prepare(connection, kept).release()
    const held = { prepare: () => prepare(connection, kept), hold: () => hold(connection, kept) }
    connection.transactions.add(name, held, memoryOf(kept.headers, kept.body))
  }

export const begin: Handler = (connection, frame) =>
  connection.transactions.begin(requireHeader(frame, 'transaction'))

/** @throws what the first frame is refused for; nothing is held then. */
const prepareAll = (frames: readonly HeldFrame[]): Work[] => {
  const works: Work[] = []
  try {
    for (const frame of frames) works.push(frame.prepare())
    return works
  } catch (thrown) {
    for (const { release } of works.reverse()) release()
    throw thrown
  }
}

/**
 * COMMIT: carries out all at once, in order, or nothing where the broker refuses one of them. Its RECEIPT says that all of it was done;
 * each SEND to `/app/…` is the application's to refuse, and by itself.
 */
export const commit: Handler = async (connection, frame) => {
  const works = connection.transactions.end(requireHeader(frame, 'transaction'), prepareAll)
  const ends = await Promise.allSettled(works.map(async ({ run }) => run()))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

export const abort: Handler = (connection, frame) => {
  connection.transactions.end(requireHeader(frame, 'transaction'), nothing)
}
