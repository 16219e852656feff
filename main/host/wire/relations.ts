/**
 * The rules of relations: for each kind, who may relate a message to an earlier one, and what becomes of that one. A rule needs nothing but
 * data, so that the log applies it in its own order, wherever it runs.
 */
import { deletedType, deletionType, stampedSchema } from '../../../shared/protocol/messages.ts'
import { typeOf, type RelationKind } from '../../../shared/protocol/relations.ts'
import { mostRelations } from '../limits/relations.ts'
import type { FoundMessage, NewRelation } from '../ports/room-log.ts'
import { refused } from './refusal.ts'

/** What stands in a message's place from now on. */
interface Replacement {
  /** JSON. */
  body: string
  /** Whether it is a tombstone: of the message that it replaces nothing is left. */
  erased: boolean
}

interface RelationRule {
  /** Who may: everybody in the room, or the sender of the earlier message alone, or moderators as well. */
  readonly who: 'everybody' | 'sender' | 'sender-or-moderator'
  /**
   * @returns what becomes of the earlier message, `target` being null where it stays as it is; null where there is nothing left to do.
   * @throws {RefusedError} where the message can't have this relation.
   */
  readonly change: (found: FoundMessage, relation: NewRelation) => { target: Replacement | null } | null
}

/** By kind; there are no relations of the other kinds yet. */
export type RelationRules = Readonly<Partial<Record<RelationKind, RelationRule>>>

export const relationRules: RelationRules = {
  delete: {
    who: 'sender-or-moderator',
    change: ({ erased, messageId, body }, { roomId }) => {
      if (erased) return null
      const { type, ...kept } = stampedSchema.parse(JSON.parse(Buffer.from(body).toString()))
      if (type === deletionType) throw refused('input-invalid', 'a deletion can’t be deleted')
      const tombstone = { roomId, id: messageId, type: deletedType, ...kept }
      return { target: { body: JSON.stringify(tombstone), erased: true } }
    },
  },
}

/** Sentences for those who may not. */
const refusals = {
  sender: 'only the sender of a message may do that',
  'sender-or-moderator': 'only the sender of a message or a moderator may do that',
} as const

/** @throws {RefusedError} `not-allowed` */
const checkPermission = ({ who }: RelationRule, relation: NewRelation, found: FoundMessage): void => {
  if (who === 'everybody' || found.senderId === relation.senderId) return
  if (who === 'sender-or-moderator' && relation.moderates) return
  throw refused('not-allowed', refusals[who])
}

/** @throws {RefusedError} `not-allowed` */
const checkQuota = ({ relations }: FoundMessage): void => {
  const { ofMessage, ofPerson } = mostRelations
  if (relations.own >= ofPerson)
    throw refused('not-allowed', `you may do that ${ofPerson} times to a message: take something back first`)
  if (relations.all >= ofMessage)
    throw refused('not-allowed', `a message may have ${ofMessage} of these, and has them`)
}

/** What a relation stores. */
export interface RelationEffect {
  /** @param sentAt milliseconds since the epoch. @returns the JSON of the message that has the relation. */
  readonly body: (sentAt: number) => string
  /** Null where the earlier message stays as it is. */
  readonly target: Replacement | null
}

/**
 * Decides on a relation.
 * @param found the earlier message; undefined where there is none.
 * @returns null where there is nothing left to do.
 * @throws {RefusedError}
 */
export const decideRelation = (
  rules: RelationRules,
  relation: NewRelation,
  found: FoundMessage | undefined,
): RelationEffect | null => {
  const { kind, roomId, messageId: id, senderId, sender, fields } = relation
  const rule = rules[kind]
  if (!rule) throw refused('input-invalid', `this host knows no ${typeOf(kind)}`)
  if (!found) throw refused('not-found', 'there is no such message in the room')
  checkPermission(rule, relation, found)
  const change = rule.change(found, relation)
  if (!change) return null
  checkQuota(found)
  const { messageId: target, offset: targetOffset } = found
  const message = { ...fields, roomId, id, type: typeOf(kind), target, targetOffset, sender, senderId }
  return {
    // Nothing comes back in the place of what was erased.
    target: found.erased ? null : change.target,
    body: sentAt => JSON.stringify({ ...message, sentAt: new Date(sentAt).toISOString() }),
  }
}
