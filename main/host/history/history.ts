/** Everything that the host keeps on disk: rooms, messages, claimed names. */
import { join } from 'node:path'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { HostLog } from '../options.ts'
import { toFailure } from '../../sqlite/failures.ts'
import { lockFolder, openDatabase } from './database.ts'
import { openMessages, type MessageLog } from './messages.ts'
import { openPeople, type PersonTable } from './people.ts'
import { openRooms, type RoomTable } from './rooms.ts'

export interface History {
  readonly rooms: RoomTable
  readonly messages: MessageLog
  readonly people: PersonTable
  /** @returns what one of them threw, as an error that a person understands. */
  failure(thrown: unknown): Failure
  /** Writes what waits and lets go of the folder. */
  close(): void
}

/**
 * Opens the history in `folder`, making it where it is missing.
 * @param now the clock, in milliseconds since the epoch.
 * @throws {Failure} as {@link openDatabase}; `cache-locked` where another host runs on this folder.
 */
export const openHistory = (folder: string, now: () => number, log: HostLog): History => {
  const file = join(folder, 'host.sqlite')
  const unlock = lockFolder(folder)
  try {
    const database = openDatabase(file)
    const messages = openMessages(database, now, log)
    return {
      rooms: openRooms(database),
      messages,
      people: openPeople(database),
      failure: thrown => toFailure(thrown, file),
      close: () => {
        messages.flush()
        database.close()
        unlock()
      },
    }
  } catch (thrown) {
    unlock()
    throw thrown
  }
}
