/** Writes the rooms' log: stores messages and deletes them. Everything is on disk when a call returns. */
import type { WritableDatabase } from '../../sqlite/database.ts'
import type { HostLog, Keep } from '../ports/options.ts'
import type { Entry, Outcome } from '../ports/room-log.ts'
import { relationRules, type RelationRules } from '../wire/relations.ts'
import { openErasing } from './erasing.ts'
import { openGroups } from './groups.ts'
import { openReading } from './reading.ts'
import { openRetention } from './retention.ts'
import { step } from './steps.ts'

/** As {@link import('../ports/room-log.ts').RoomLog}, but synchronous. */
export interface LogWriter {
  append(group: readonly Entry[]): readonly Outcome[]
  trim(roomId: string, keep: Keep): boolean
  purge(): boolean
}

interface LogWriterOptions {
  /** With `synchronous=FULL`: a transaction is on disk before any connection reads it. */
  database: WritableDatabase
  /** @returns whether the disk has room for messages; deletions are stored for as long as the disk accepts them. */
  hasSpace: () => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  log: Pick<HostLog, 'error'>
  /** The rules of relations, if they differ from the host's. */
  rules?: RelationRules | undefined
}

export const openLogWriter = ({
  database,
  hasSpace,
  now,
  log,
  rules = relationRules,
}: LogWriterOptions): LogWriter => {
  const write = openGroups({ database, reading: openReading(database), rules, hasSpace })
  const retention = openRetention(database, now)
  const erase = openErasing(database, log)
  return {
    append: group => {
      const { outcomes, replaced } = write(group)
      step('committed')
      if (replaced) erase()
      return outcomes
    },
    trim: (roomId, keep) => retention.trim(roomId, keep),
    purge: () => {
      const goesOn = retention.purge()
      if (goesOn) erase()
      return goesOn
    },
  }
}
