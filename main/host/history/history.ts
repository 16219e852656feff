/** Everything that the host stores on disk: rooms, messages, claimed names. */
import { join } from 'node:path'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { HostLog } from '../ports/options.ts'
import type { FileRecords } from '../ports/file-records.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { toFailure } from '../../sqlite/failures.ts'
import type { Directory } from '../ports/directory.ts'
import { lockFolder, openDatabase } from './database.ts'
import { openDirectory } from './directory.ts'
import { openFileRecords } from './file-records.ts'
import { startLogThread } from './log-thread.ts'
import { openRoomLog } from './room-log.ts'

export interface History {
  readonly directory: Directory
  readonly log: RoomLog
  readonly files: FileRecords
  /** Resolves when the log can be written; earlier appends wait for it. */
  ready(): Promise<void>
  /** @returns an error from one of the stores as one that a person understands. */
  failure(thrown: unknown): Failure
  /** Stores everything appended, and unlocks the folder. May be called again. */
  close(): Promise<void>
}

interface HistoryOptions {
  /** Created if it is missing. */
  folder: string
  /** Bytes that stay free on its disk: with less, no message is stored. 0 for none. */
  keepFree: number
  /** The code of the thread that writes the log: `worker.ts` or its bundle. */
  logWorker: URL
  log: HostLog
}

/**
 * Opens the history in a folder.
 * @throws {Failure} as {@link openDatabase}; `cache-locked` if another host runs on this folder.
 */
export const openHistory = ({ folder, keepFree, logWorker, log }: HistoryOptions): History => {
  const file = join(folder, 'host.sqlite')
  const unlock = lockFolder(folder)
  try {
    const database = openDatabase(file)
    const writer = startLogThread({ file, keepFree, worker: logWorker, log })
    return {
      directory: openDirectory(database),
      log: openRoomLog({ database, writer }),
      files: openFileRecords(database),
      ready: () => writer.ready(),
      failure: thrown => toFailure(thrown, file),
      close: async () => {
        await writer.close()
        database.close()
        unlock()
      },
    }
  } catch (thrown) {
    unlock()
    throw thrown
  }
}
