/** Groups of messages in the database: written in one transaction, and taken back where that did not reach the disk. */
import { Failure } from '../../../shared/contract/errors.ts'
import type { WritableDatabase } from '../../sqlite/database.ts'
import type { Deletion, Entry, Outcome } from '../ports/room-log.ts'
import { placeOf, type Head, type Heads, type MovedHeads } from './heads.ts'
import type { Reading } from './reading.ts'
import { step } from './steps.ts'

/** A group that is committed. */
export interface Written extends MovedHeads {
  readonly outcomes: readonly Outcome[]
  /** Messages that got a tombstone, as they were. */
  readonly erased: readonly { head: Readonly<Head>; offset: number; body: Uint8Array }[]
}

export interface Groups {
  /** Writes a group in one transaction, and commits it. */
  write(group: readonly Entry[]): Written
  /** Undoes a group that is committed, before anything else is written. Waits for the disk. */
  takeBack(written: Written): void
}

interface GroupsOptions {
  database: WritableDatabase
  heads: Heads
  reading: Pick<Reading, 'find'>
  /** @returns whether the disk has room for messages; deletions are stored as long as it takes them. */
  hasSpace: () => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
}

export const openGroups = ({ database, heads, reading, hasSpace, now }: GroupsOptions): Groups => {
  const insert = database.prepare<[number, number, number | null, string, string, Uint8Array]>(
    `INSERT INTO message (place, sent_at, reached_at, sender_id, message_id, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (message_id, sender_id, room) DO NOTHING`,
  )
  const overwrite = database.prepare<[Uint8Array, number | null, number, number]>(
    'UPDATE message SET body = ?, erased_at = ? WHERE room = ? AND place = ?',
  )
  const drop = database.prepare<[number, number, number]>(
    'DELETE FROM message WHERE room = ? AND place BETWEEN ? AND ?',
  )

  /** Stores a message after the head of its room, and moves that on. @param text makes its body. */
  const store = (head: Head, { senderId, messageId }: Entry, text: (sentAt: number) => string): Outcome => {
    const stamp = { offset: head.next, sentAt: now() }
    const body = Buffer.from(text(stamp.sentAt))
    const isAhead = head.reachedAt > stamp.sentAt
    const reachedAt = isAhead ? head.reachedAt : null
    const place = placeOf(head, stamp.offset)
    const { changes } = insert.run(place, stamp.sentAt, reachedAt, senderId, messageId, body)
    if (changes === 0) return { kind: 'known' }
    head.next += 1
    head.lastSentAt = stamp.sentAt
    head.reachedAt = reachedAt ?? stamp.sentAt
    head.bytes += body.length
    return { kind: 'stored', ...stamp, body }
  }

  /** Stores the announcement of a deletion, and the tombstone. */
  const storeDeletion = (head: Head, deletion: Deletion, erased: Written['erased'][number][]): Outcome => {
    const found = reading.find(head, deletion.target)
    let erasure
    try {
      erasure = deletion.erase(found)
    } catch (reason) {
      return { kind: 'refused', reason }
    }
    if (!found || !erasure) return { kind: 'known' }
    const outcome = store(head, deletion, erasure.body)
    if (outcome.kind !== 'stored') return outcome
    const tombstone = Buffer.from(erasure.tombstone)
    overwrite.run(tombstone, outcome.sentAt, head.room, placeOf(head, found.offset))
    head.bytes += tombstone.length - found.body.length
    erased.push({ head, offset: found.offset, body: found.body })
    return outcome
  }

  const takeBack = database.transaction(({ moves, erased }: Written) => {
    for (const { head, offset, body } of erased.toReversed())
      overwrite.run(body, null, head.room, placeOf(head, offset))
    for (const { before, after } of moves) {
      drop.run(before.room, placeOf(before, before.next), placeOf(before, after.next - 1))
      heads.save(before)
    }
  })

  return {
    write: group => {
      const outcomes: Outcome[] = []
      const erased: Written['erased'][number][] = []
      const isFull = !hasSpace()
      const moved = heads.move(moving => {
        for (const entry of group) {
          const head = moving.of(entry.roomId)
          if (!head) outcomes.push({ kind: 'room-missing' })
          else if ('target' in entry) outcomes.push(storeDeletion(head, entry, erased))
          else if (isFull)
            outcomes.push({ kind: 'refused', reason: new Failure('disk-full', { file: database.name }) })
          else outcomes.push(store(head, entry, sentAt => entry.body(sentAt)))
        }
        step('stored')
      })
      return { ...moved, outcomes, erased }
    },
    takeBack: written => takeBack.immediate(written),
  }
}
