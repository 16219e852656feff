/** What relations do to their targets. A kind that is applied has a rule here, and nowhere else. */
import { deletedType, type MessageChange } from '../contract/model.ts'
import type { RelationKind } from '../protocol/relations.ts'
import type { MessageRecord } from './stored.ts'

/** A target after a relation was applied to it, and what that is to the person. */
export interface Effect {
  record: MessageRecord
  change: MessageChange
}

/** @returns what the relation makes of its target; null if it changes nothing. */
type Rule = (target: MessageRecord) => Effect | null

/** The target keeps its position, and loses its text and everything that came with it. */
const deleted: Rule = ({ message, attempts }) =>
  message.type === deletedType
    ? null
    : {
        record: {
          message: {
            ...message,
            type: deletedType,
            content: '',
            mentionsMe: false,
            delivery: null,
            failure: null,
          },
          extra: null,
          attempts,
        },
        change: 'deleted',
      }

const rules: Readonly<Partial<Record<RelationKind, Rule>>> = { delete: deleted }

/** @returns what a relation of this kind makes of its target; null if it changes nothing. */
export const applyRelation = (kind: RelationKind, target: MessageRecord): Effect | null =>
  rules[kind]?.(target) ?? null
