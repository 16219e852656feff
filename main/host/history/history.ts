/** Everything that the host keeps on disk: rooms, messages, claimed names. */
import { join } from 'node:path'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { HostLog } from '../ports/options.ts'
import { toFailure } from '../../sqlite/failures.ts'
import { lockFolder, openDatabase } from './database.ts'
import { openFreeSpace } from './free-space.ts'
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

interface HistoryOptions {
  /** Made where it is missing. */
  folder: string
  /** Bytes of its disk that stay free: where there are fewer, no message is stored. 0 for none. */
  keepFree: number
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  log: HostLog
}

/**
 * Opens the history in a folder.
 * @throws {Failure} as {@link openDatabase}; `cache-locked` where another host runs on this folder.
 */
export const openHistory = ({ folder, keepFree, now, log }: HistoryOptions): History => {
  const file = join(folder, 'host.sqlite')
  const unlock = lockFolder(folder)
  try {
    const database = openDatabase(file)
    const messages = openMessages({ database, hasSpace: openFreeSpace(folder, keepFree), now, log })
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
