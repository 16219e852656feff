import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { memoryOf } from '../frames/publication.ts'
import type { HeldFrame } from '../connection/transactions.ts'
import { nothing, type Work } from '../destinations/work.ts'
import { requireHeader, type Handler } from './handler.ts'

/**
 * Makes a handler for frames that may belong to a transaction.
 * @param prepare checks the frame and reserves what it needs; the work runs at once, or when the transaction commits.
 * @param hold keeps the deliveries that the frame refers to while the transaction is open, and returns a function that releases them.
 */
export const transactional =
  (
    prepare: (connection: Connection, frame: Frame) => Work,
    hold: (connection: Connection, frame: Frame) => () => void = () => nothing,
  ): Handler =>
  (connection, frame) => {
    const name = frame.headers.get('transaction')
    if (name === undefined) return prepare(connection, frame).run()
    // The body is a view of the chunk that was read; a copy lets the chunk be freed.
    const kept = { ...frame, body: new Uint8Array(frame.body) }
    // Report errors now instead of at COMMIT.
    prepare(connection, kept).release()
    const held = { prepare: () => prepare(connection, kept), hold: () => hold(connection, kept) }
    connection.transactions.add(name, held, memoryOf(kept.headers, kept.body))
  }

export const begin: Handler = (connection, frame) =>
  connection.transactions.begin(requireHeader(frame, 'transaction'))

/** @throws the reason why a frame is refused; no reservation remains then. */
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

const started = async (run: Work['run']): Promise<void> => run()

/**
 * COMMIT: runs all frames in order, or none if the broker refuses one of them. Its RECEIPT means that all were handled.
 * The application may still refuse a single SEND to `/app/…`.
 */
export const commit: Handler = async (connection, frame) => {
  const works = connection.transactions.end(requireHeader(frame, 'transaction'), prepareAll)
  const ends: Promise<void>[] = []
  for (const { run } of works) {
    const end = started(run)
    ends.push(end)
    // Its failure is reported below.
    if (connection.isHeld) await end.catch(nothing)
  }
  for (const end of await Promise.allSettled(ends)) if (end.status === 'rejected') throw end.reason
}

export const abort: Handler = (connection, frame) => {
  connection.transactions.end(requireHeader(frame, 'transaction'), nothing)
}
