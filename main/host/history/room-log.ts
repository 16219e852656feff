/** The log of the rooms in SQLite: a group is one transaction. */
import type { WritableDatabase } from '../../sqlite/database.ts'
import { toFailure } from '../../sqlite/failures.ts'
import type { HostLog } from '../ports/options.ts'
import type { RoomLog } from '../ports/room-log.ts'
import type { Commits } from './commits.ts'
import { openErasing } from './erasing.ts'
import { openGroups, type Written } from './groups.ts'
import type { Heads } from './heads.ts'
import { relationRules, type RelationRules } from '../wire/relations.ts'
import { openReading } from './reading.ts'
import { openRetention } from './retention.ts'
import { step } from './steps.ts'

interface RoomLogOptions {
  database: WritableDatabase
  heads: Heads
  commits: Commits
  /** @returns whether the disk has room for messages; what erases one is stored as long as it takes it. */
  hasSpace: () => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  log: HostLog
  /** The rules of relations, where they differ from the host's. */
  rules?: RelationRules
}

/** @returns what `ask` returns or throws. SQLite answers at once. */
const answer = <Answer>(ask: () => Answer): Promise<Answer> => new Promise(resolve => resolve(ask()))

export const openRoomLog = ({
  database,
  heads,
  commits,
  hasSpace,
  now,
  log,
  rules = relationRules,
}: RoomLogOptions): RoomLog => {
  const reading = openReading(database)
  const groups = openGroups({ database, heads, reading, rules, hasSpace, now })
  const retention = openRetention(database, heads, now)
  const erase = openErasing(database, log)
  /** A group that is committed, of which the disk has said that it failed. */
  let unsynced: Written | null = null
  let last: Promise<unknown> = Promise.resolve()

  const takeBack = (): void => {
    try {
      if (unsynced) groups.takeBack(unsynced)
      unsynced = null
    } catch (thrown) {
      throw toFailure(thrown, database.name)
    }
  }
  /** Runs `work` when everything before it is done. */
  const inTurn = <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    const done = last.then(() => {
      takeBack()
      return work()
    })
    last = done.catch(() => undefined)
    return done
  }
  /** Waits until a group is on disk. @throws where the disk fails; the group is gone then. */
  const sync = async (written: Written): Promise<void> => {
    try {
      await commits.sync()
    } catch (thrown) {
      unsynced = written
      // Where that fails as well, nothing else is written before it succeeds.
      takeBack()
      throw thrown
    }
  }
  const write: RoomLog['append'] = async group => {
    try {
      const written = groups.write(group)
      if (written.moves.length > 0) {
        step('committed')
        await sync(written)
        step('synced')
        written.keep()
      }
      if (written.replaced.length > 0) erase()
      return written.outcomes
    } catch (thrown) {
      const failure = toFailure(thrown, database.name)
      log.error('messages not stored', { count: group.length, error: String(thrown) })
      throw failure
    }
  }

  return {
    append: group => inTurn(() => write(group)),
    bounds: roomId =>
      answer(() => {
        const head = heads.of(roomId)
        return head ? { first: reading.first(head), next: head.next } : { first: 0, next: 0 }
      }),
    read: (roomId, offset, limit) =>
      answer(() => {
        const head = heads.of(roomId)
        return head ? reading.read(head, offset, limit) : []
      }),
    offsetAt: (roomId, time) =>
      answer(() => {
        const head = heads.of(roomId)
        return head ? reading.offsetAt(head, time) : 0
      }),
    tails: () => answer(() => reading.tails()),
    trim: (roomId, keep) => inTurn(() => retention.trim(roomId, keep)),
    purge: () =>
      inTurn(() => {
        const goesOn = retention.purge()
        if (goesOn) erase()
        return goesOn
      }),
  }
}
