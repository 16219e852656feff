/**
 * The rules of relations: for each kind, who may add one to an earlier message, and how that message changes. A rule
 * needs nothing but data, so the log can apply it in its own order on any node.
 */
import { deletedType, deletionType, stampedSchema } from '../../../shared/protocol/messages.ts'
import { typeOf, type RelationKind } from '../../../shared/protocol/relations.ts'
import { mostRelations } from '../limits/relations.ts'
import type { FoundMessage, NewRelation } from '../ports/room-log.ts'
import { refused } from './refusal.ts'

/** The message that replaces the earlier one. */
interface Replacement {
  /** JSON. */
  body: string
  /** Whether it is a tombstone, which contains nothing of the original message. */
  erased: boolean
}

interface RelationRule {
  /**
   * The people who may add it: everybody in the room, only the sender of the earlier message, or moderators as well.
   */
  readonly who: 'everybody' | 'sender' | 'sender-or-moderator'
  /**
   * @returns the replacement of the earlier message (`target` is null if it stays unchanged); null if there is nothing
   *   to do.
   * @throws {RefusedError} if the message can't have this relation.
   */
  readonly change: (found: FoundMessage, relation: NewRelation) => { target: Replacement | null } | null
}

/** By kind; other kinds of relations are not supported yet. */
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

/** Sentences for people without permission. */
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
    throw refused(
      'not-allowed',
      `you have done that ${ofPerson} times to this message, the maximum: undo one first`,
    )
  if (relations.all >= ofMessage)
    throw refused('not-allowed', `this message has the maximum of ${ofMessage} of these`)
}

/** The effect of a relation that is stored. */
export interface RelationEffect {
  /** @param sentAt milliseconds since the epoch. @returns the JSON of the message that has the relation. */
  readonly body: (sentAt: number) => string
  /** Null if the earlier message stays unchanged. */
  readonly target: Replacement | null
}

/**
 * Decides on a relation.
 * @param found the earlier message; undefined if there is none.
 * @returns null if there is nothing to do.
 * @throws {RefusedError}
 */
export const decideRelation = (
  rules: RelationRules,
  relation: NewRelation,
  found: FoundMessage | undefined,
): RelationEffect | null => {
  const { kind, roomId, messageId: id, senderId, sender, fields } = relation
  const rule = rules[kind]
  if (!rule) throw refused('input-invalid', `this host does not support ${typeOf(kind)}`)
  if (!found) throw refused('not-found', 'there is no such message in the room')
  checkPermission(rule, relation, found)
  const change = rule.change(found, relation)
  if (!change) return null
  checkQuota(found)
  const { messageId: target, offset: targetOffset } = found
  const message = { ...fields, roomId, id, type: typeOf(kind), target, targetOffset, sender, senderId }
  return {
    // An erased message is never replaced.
    target: found.erased ? null : change.target,
    body: sentAt => JSON.stringify({ ...message, sentAt: new Date(sentAt).toISOString() }),
  }
}
