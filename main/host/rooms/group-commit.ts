/**
 * Writes messages to the log in groups: all that arrive close together, or while the disk is busy, form one group. When a
 * group is on disk, its messages are broadcast in the order of their offsets, and their senders get the RECEIPT.
 */
import { RefusedError } from '../../broker/options/hooks.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import { step } from '../history/steps.ts'
import { isRelation, type Entry, type Outcome, type RoomLog } from '../ports/room-log.ts'
import { storageRefusal } from '../wire/refusal.ts'
import { unknownRoom } from './access.ts'
import type { Room, Rooms } from './rooms.ts'
import type { Tails } from './tails.ts'

/** The most messages of one group, which takes a few milliseconds to write. */
const mostOfGroup = 512
/**
 * The longest time for which a group gathers messages, while every turn of the event loop brings more. Milliseconds. A
 * large group costs less: it waits for the disk once, and writes to each socket once.
 */
const longestGathering = 4

export interface GroupCommit {
  /**
   * Stores a message and broadcasts it. Messages are stored in the order of the calls.
   * @returns a promise that resolves when it is done, or if there is nothing to do because the log already has the
   *   message.
   * @throws {RefusedError} if the message can't be stored, or the rule of its relation refuses it.
   */
  append(room: Room, entry: Entry): Promise<void>
  /** Resolves when everything appended so far is stored and broadcast, or refused. */
  settled(): Promise<void>
  /** @returns whether the room has messages that are not on disk yet. */
  isPending(roomId: string): boolean
}

interface Pending {
  readonly room: Room
  readonly entry: Entry
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

interface GroupCommitOptions {
  log: Pick<RoomLog, 'append'>
  rooms: Pick<Rooms, 'find'>
  tails: Pick<Tails, 'moved'>
  publish: (room: Room, message: { offset: number; body: Uint8Array }) => void
  /** Called after a message is broadcast. */
  told: (entry: Entry, stored: { offset: number; body: Uint8Array }) => void
  /** @returns an error from the log as one that a person understands. */
  failure: (thrown: unknown) => Failure
  /** A monotonic clock. Milliseconds. */
  elapsed: () => number
}

/**
 * Calls `commit` in a later turn of the event loop: when a turn has brought no more messages, or the group is large or old
 * enough.
 */
const gatherThen = (
  commit: () => void,
  { count, elapsed }: { count: () => number; elapsed: () => number },
): void => {
  const began = elapsed()
  let seen = 0
  const turn = (): void => {
    const hasGrown = count() > seen
    seen = count()
    if (hasGrown && seen < mostOfGroup && elapsed() - began < longestGathering) setImmediate(turn)
    else commit()
  }
  setImmediate(turn)
}

export const createGroupCommit = ({
  log,
  rooms,
  tails,
  publish,
  told,
  failure,
  elapsed,
}: GroupCommitOptions): GroupCommit => {
  let waiting: Pending[] = []
  /** The group that is being written. */
  let group: Pending[] = []
  /** The number of messages appended, and of those finished. */
  const count = { appended: 0, done: 0 }
  let settling: { at: number; resolve: () => void }[] = []

  const refusalOf = (entry: Entry, reason: unknown): RefusedError => {
    if (reason instanceof RefusedError) return reason
    // The refusal carries the message's id, so that the sender knows which message was refused.
    return new RefusedError(storageRefusal(failure(reason), isRelation(entry) ? {} : { id: entry.messageId }))
  }
  const finish = ({ room, entry, resolve }: Pending, outcome: Outcome): void => {
    switch (outcome.kind) {
      case 'stored':
        // A removed room has no tail and no listeners; another room may have its id by now.
        if (rooms.find(room.roomId) === room) {
          tails.moved(room.roomId, outcome)
          publish(room, outcome)
          step('broadcast')
          told(entry, outcome)
        }
        resolve()
        break
      case 'known':
        resolve()
        break
      case 'room-missing':
        throw new RefusedError(unknownRoom(room.roomId))
      case 'refused':
        throw refusalOf(entry, outcome.reason)
    }
  }
  const write = async (): Promise<readonly Outcome[]> => {
    try {
      return await log.append(group.map(({ entry }) => entry))
    } catch (reason) {
      return group.map(() => ({ kind: 'refused', reason }))
    }
  }
  const commit = async (): Promise<void> => {
    group = waiting.slice(0, mostOfGroup)
    waiting = waiting.slice(mostOfGroup)
    const outcomes = await write()
    for (const [index, pending] of group.entries()) {
      try {
        const outcome = outcomes[index]
        if (!outcome) throw new Error('the log returned no outcome for a message')
        finish(pending, outcome)
      } catch (thrown) {
        pending.reject(thrown)
      }
    }
    count.done += group.length
    group = []
    for (const { at, resolve } of settling) if (at <= count.done) resolve()
    settling = settling.filter(({ at }) => at > count.done)
    // The broadcasts are written to the sockets first.
    if (waiting.length > 0) gather()
  }
  const gather = (): void => gatherThen(() => void commit(), { count: () => waiting.length, elapsed })

  return {
    append: (room, entry) =>
      new Promise((resolve, reject) => {
        if (waiting.length + group.length === 0) gather()
        waiting.push({ room, entry, resolve, reject })
        count.appended += 1
      }),
    settled: () =>
      new Promise(resolve => {
        if (count.done === count.appended) resolve()
        else settling.push({ at: count.appended, resolve })
      }),
    isPending: roomId => [group, waiting].some(each => each.some(({ room }) => room.roomId === roomId)),
  }
}
