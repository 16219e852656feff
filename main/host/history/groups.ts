/** Groups of messages in the database: each is one transaction. */
import { Failure } from '../../../shared/contract/errors.ts'
import type { WritableDatabase } from '../../sqlite/database.ts'
import { isRelation, type Entry, type NewMessage, type NewRelation, type Outcome } from '../ports/room-log.ts'
import { decideRelation, type RelationRules } from '../wire/relations.ts'
import { openRoomRecords, keyOf, type RoomRecord } from './room-records.ts'
import type { Reading } from './reading.ts'
import { step } from './steps.ts'

export interface Written {
  readonly outcomes: readonly Outcome[]
  /** Whether a message was replaced. */
  readonly replaced: boolean
}

interface GroupsOptions {
  database: WritableDatabase
  reading: Pick<Reading, 'find' | 'has'>
  rules: RelationRules
  /** @returns whether the disk has room for messages; deletions are stored for as long as the disk accepts them. */
  hasSpace: () => boolean
}

/** @returns a function that writes a group in one transaction and waits until it is on disk. */
export const openGroups = ({
  database,
  reading,
  rules,
  hasSpace,
}: GroupsOptions): ((group: readonly Entry[]) => Written) => {
  const records = openRoomRecords(database)
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
  const noSpace = (): Outcome => ({
    kind: 'refused',
    reason: new Failure('disk-full', { file: database.name }),
  })

  /** Whether the current group has replaced a message. */
  let replaced = false

  /** Stores a message at the tail of its room, and advances the tail. */
  const store = (record: RoomRecord, { senderId, messageId, sentAt, body }: NewMessage): Outcome => {
    const offset = record.next
    const isAhead = record.reachedAt > sentAt
    const key = keyOf(record, offset)
    const { changes } = insert.run(key, sentAt, isAhead ? record.reachedAt : null, senderId, messageId, body)
    if (changes === 0) return { kind: 'known' }
    record.next += 1
    record.reachedAt = Math.max(record.reachedAt, sentAt)
    record.bytes += body.length
    return { kind: 'stored', offset, sentAt, body }
  }

  /** Stores a message with a relation, and applies the relation to the earlier message. */
  const storeRelation = (record: RoomRecord, relation: NewRelation, isFull: boolean): Outcome => {
    if (reading.has(record, relation)) return { kind: 'known' }
    const found = reading.find(record, relation)
    let effect
    try {
      effect = decideRelation(rules, relation, found)
    } catch (reason) {
      return { kind: 'refused', reason }
    }
    if (!found || !effect) return { kind: 'known' }
    if (isFull && !effect.target?.erased) return noSpace()
    const outcome = store(record, { ...relation, body: Buffer.from(effect.body(relation.sentAt)) })
    if (outcome.kind !== 'stored') return outcome
    const target = keyOf(record, found.offset)
    insertRelation.run(keyOf(record, outcome.offset), target, relation.kind, relation.senderId)
    if (effect.target) {
      const body = Buffer.from(effect.target.body)
      overwrite.run(body, effect.target.erased ? outcome.sentAt : null, record.room, target)
      record.bytes += body.length - found.body.length
      replaced = true
    }
    return outcome
  }

  const write = database.transaction((group: readonly Entry[]): Written => {
    const isFull = !hasSpace()
    const used = new Map<string, RoomRecord | undefined>()
    const recordOf = (roomId: string): RoomRecord | undefined => {
      if (!used.has(roomId)) used.set(roomId, records.read(roomId))
      return used.get(roomId)
    }
    const moved = new Set<RoomRecord>()
    replaced = false
    const writeEntry = (entry: Entry): Outcome => {
      const record = recordOf(entry.roomId)
      if (!record) return { kind: 'room-missing' }
      if (isFull && !isRelation(entry)) return noSpace()
      const outcome = isRelation(entry) ? storeRelation(record, entry, isFull) : store(record, entry)
      if (outcome.kind === 'stored') moved.add(record)
      return outcome
    }
    const outcomes = group.map(writeEntry)
    for (const record of moved) records.save(record)
    step('stored')
    return { outcomes, replaced }
  })
  return group => write.immediate(group)
}
