/** What relations do to their targets. A kind that is applied has its rule here, and nowhere else. */
import { deletedType, type Message, type MessageChange } from '../contract/model.ts'
import type { RelationKind } from '../protocol/relations.ts'
import type { MessageRecord, RelatingMessage } from './stored.ts'

/** A target after relations were applied to it, and how it changed. */
export interface Effect {
  record: MessageRecord
  change: MessageChange
}

/** @returns the target after the relation of the message; null if nothing changes. */
type Rule = (target: MessageRecord, relating: Message) => Effect | null

/** The target keeps its position, and loses its text and everything that came with it. */
const deleted: Rule = ({ message, attempts }) => {
  if (message.type === deletedType) return null
  const gone = { type: deletedType, content: '', mentionsMe: false, delivery: null, failure: null }
  return { record: { message: { ...message, ...gone }, extra: null, attempts }, change: 'deleted' }
}

/** A kind without a rule is kept, and changes nothing. */
const rules: Readonly<Partial<Record<RelationKind, Rule>>> = { delete: deleted }

/** @returns the target after the relations, in this order; null if nothing changes. */
export const applyRelations = (target: MessageRecord, relations: readonly RelatingMessage[]): Effect | null =>
  relations.reduce<Effect | null>(
    (effect, { kind, message }) => rules[kind]?.(effect?.record ?? target, message) ?? effect,
    null,
  )
