/** Groups of messages in the database: written in one transaction, and taken back where that did not reach the disk. */
import { Failure } from '../../../shared/contract/errors.ts'
import type { WritableDatabase } from '../../sqlite/database.ts'
import type { Entry, NewRelation, Outcome } from '../ports/room-log.ts'
import { decideRelation, type RelationRules } from '../wire/relations.ts'
import { openDrop } from './dropping.ts'
import { placeOf, type Head, type Heads, type MovedHeads } from './heads.ts'
import type { Reading } from './reading.ts'
import { step } from './steps.ts'

/** A group that is committed. */
export interface Written extends MovedHeads {
  readonly outcomes: readonly Outcome[]
  /** Messages that were replaced, as they were. */
  readonly replaced: readonly { head: Readonly<Head>; offset: number; body: Uint8Array }[]
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
  reading: Pick<Reading, 'find' | 'has'>
  rules: RelationRules
  /** @returns whether the disk has room for messages; what erases one is stored as long as it takes it. */
  hasSpace: () => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
}

export const openGroups = ({ database, heads, reading, rules, hasSpace, now }: GroupsOptions): Groups => {
  const insert = database.prepare<[number, number, number | null, string, string, Uint8Array]>(
    `INSERT INTO message (place, sent_at, reached_at, sender_id, message_id, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (message_id, sender_id, room) DO NOTHING`,
  )
  const overwrite = database.prepare<[Uint8Array, number | null, number, number]>(
    'UPDATE message SET body = ?, erased_at = ? WHERE room = ? AND place = ?',
  )
  const insertRelation = database.prepare<[number, number, string, string]>(
    'INSERT INTO relation (place, target, kind, sender_id) VALUES (?, ?, ?, ?)',
  )
  const drop = openDrop(database)
  const noSpace = (): Outcome => ({
    kind: 'refused',
    reason: new Failure('disk-full', { file: database.name }),
  })

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

  /** Stores a message that has a relation, and what becomes of the earlier message. */
  const storeRelation = (
    head: Head,
    relation: NewRelation,
    isFull: boolean,
    replaced: Written['replaced'][number][],
  ): Outcome => {
    if (reading.has(head, relation)) return { kind: 'known' }
    const found = reading.find(head, relation)
    let effect
    try {
      effect = decideRelation(rules, relation, found)
    } catch (reason) {
      return { kind: 'refused', reason }
    }
    if (!found || !effect) return { kind: 'known' }
    if (isFull && !effect.target?.erased) return noSpace()
    const outcome = store(head, relation, effect.body)
    if (outcome.kind !== 'stored') return outcome
    const target = placeOf(head, found.offset)
    insertRelation.run(placeOf(head, outcome.offset), target, relation.kind, relation.senderId)
    if (effect.target) {
      const body = Buffer.from(effect.target.body)
      overwrite.run(body, effect.target.erased ? outcome.sentAt : null, head.room, target)
      head.bytes += body.length - found.body.length
      replaced.push({ head, offset: found.offset, body: found.body })
    }
    return outcome
  }

  const takeBack = database.transaction(({ moves, replaced }: Written) => {
    for (const { head, offset, body } of replaced.toReversed())
      overwrite.run(body, null, head.room, placeOf(head, offset))
    for (const { before, after } of moves) {
      if (after.next > before.next) drop(before, before.next, after.next - 1)
      heads.save(before)
    }
  })

  return {
    write: group => {
      const outcomes: Outcome[] = []
      const replaced: Written['replaced'][number][] = []
      const isFull = !hasSpace()
      const moved = heads.move(moving => {
        for (const entry of group) {
          const head = moving.of(entry.roomId)
          if (!head) outcomes.push({ kind: 'room-missing' })
          else if ('kind' in entry) outcomes.push(storeRelation(head, entry, isFull, replaced))
          else if (isFull) outcomes.push(noSpace())
          else outcomes.push(store(head, entry, sentAt => entry.body(sentAt)))
        }
        step('stored')
      })
      return { ...moved, outcomes, replaced }
    },
    takeBack: written => takeBack.immediate(written),
  }
}
