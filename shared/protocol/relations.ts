/** Relations: what a message says about an earlier one of its room. */
import { z } from 'zod'
import { targetFields } from './messages.ts'

/** In a message's body the kind is its `type`, in capital letters. */
export const relationKinds = ['reply', 'edit', 'reaction', 'delete', 'pin'] as const
export type RelationKind = (typeof relationKinds)[number]
/** @returns the `type` of a message with such a relation. */
export const typeOf = (kind: RelationKind): string => kind.toUpperCase()

export const relationSchema = z.object({ kind: z.enum(relationKinds), ...targetFields })
/** A message's relation to the message `target` at the offset `targetOffset`. */
export type Relation = z.infer<typeof relationSchema>
