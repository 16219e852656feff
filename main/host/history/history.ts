/** Everything that the host keeps on disk: rooms, messages, claimed names. */
import { join } from 'node:path'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { HostLog } from '../ports/options.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { toFailure } from '../../sqlite/failures.ts'
import type { Directory } from '../ports/directory.ts'
import { openCommits } from './commits.ts'
import { lockFolder, openDatabase } from './database.ts'
import { openDirectory } from './directory.ts'
import { openFreeSpace } from './free-space.ts'
import { openHeads } from './heads.ts'
import { openRoomLog } from './room-log.ts'

export interface History {
  readonly directory: Directory
  readonly log: RoomLog
  /** @returns what one of them threw, as an error that a person understands. */
  failure(thrown: unknown): Failure
  /** Lets go of the folder. What was appended has resolved by then. */
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
    const commits = openCommits(database)
    const heads = openHeads(database, commits)
    const hasSpace = openFreeSpace(folder, keepFree)
    return {
      directory: openDirectory(database, roomId => heads.forget(roomId)),
      log: openRoomLog({ database, heads, commits, hasSpace, now, log }),
      failure: thrown => toFailure(thrown, file),
      close: () => {
        commits.close()
        database.close()
        unlock()
      },
    }
  } catch (thrown) {
    unlock()
    throw thrown
  }
}
