/** Groups of messages in the database: each is one transaction. */
import { Failure } from '../../../shared/contract/errors.ts'
import type { WritableDatabase } from '../../sqlite/database.ts'
import { isRelation, type Entry, type NewMessage, type NewRelation, type Outcome } from '../ports/room-log.ts'
import { decideRelation, type RelationRules } from '../wire/relations.ts'
import { openHeads, placeOf, type Head } from './heads.ts'
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
  const heads = openHeads(database)
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
  const store = (head: Head, { senderId, messageId, sentAt, body }: NewMessage): Outcome => {
    const offset = head.next
    const isAhead = head.reachedAt > sentAt
    const place = placeOf(head, offset)
    const { changes } = insert.run(place, sentAt, isAhead ? head.reachedAt : null, senderId, messageId, body)
    if (changes === 0) return { kind: 'known' }
    head.next += 1
    head.reachedAt = Math.max(head.reachedAt, sentAt)
    head.bytes += body.length
    return { kind: 'stored', offset, sentAt, body }
  }

  /** Stores a message with a relation, and applies the relation to the earlier message. */
  const storeRelation = (head: Head, relation: NewRelation, isFull: boolean): Outcome => {
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
    const outcome = store(head, { ...relation, body: Buffer.from(effect.body(relation.sentAt)) })
    if (outcome.kind !== 'stored') return outcome
    const target = placeOf(head, found.offset)
    insertRelation.run(placeOf(head, outcome.offset), target, relation.kind, relation.senderId)
    if (effect.target) {
      const body = Buffer.from(effect.target.body)
      overwrite.run(body, effect.target.erased ? outcome.sentAt : null, head.room, target)
      head.bytes += body.length - found.body.length
      replaced = true
    }
    return outcome
  }

  const write = database.transaction((group: readonly Entry[]): Written => {
    const isFull = !hasSpace()
    const used = new Map<string, Head | undefined>()
    const headOf = (roomId: string): Head | undefined => {
      if (!used.has(roomId)) used.set(roomId, heads.read(roomId))
      return used.get(roomId)
    }
    const moved = new Set<Head>()
    replaced = false
    const writeEntry = (entry: Entry): Outcome => {
      const head = headOf(entry.roomId)
      if (!head) return { kind: 'room-missing' }
      if (isFull && !isRelation(entry)) return noSpace()
      const outcome = isRelation(entry) ? storeRelation(head, entry, isFull) : store(head, entry)
      if (outcome.kind === 'stored') moved.add(head)
      return outcome
    }
    const outcomes = group.map(writeEntry)
    for (const head of moved) heads.save(head)
    step('stored')
    return { outcomes, replaced }
  })
  return group => write.immediate(group)
}
