/** What a client may not send in a message, because a host says it, or a host of a later version will. */
import { deletedType } from './messages.ts'
import { relationKinds, typeOf } from './relations.ts'

/** Types of messages with something to read, which hosts of a later version send. */
export const laterTypes = ['REPLY', 'ATTACHMENT'] as const

/** Types that no client may send. */
export const reservedTypes: ReadonlySet<string> = new Set([
  ...relationKinds.map(typeOf),
  ...laterTypes,
  deletedType,
])

/** Kept free for what a host may say about the relation of a message to an earlier one. */
export const reservedField = 'relation'

/** @returns the reserved type for which a careless client might take this one; undefined without one. */
export const reservedTypeOf = (type: string): string | undefined => {
  const plain = type.trim().toUpperCase()
  return reservedTypes.has(plain) ? plain : undefined
}
