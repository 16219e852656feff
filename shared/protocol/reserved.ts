/** Types and fields of messages that only hosts send, or will send in a later version. */
import { deletedType } from './messages.ts'
import { relationKinds, typeOf } from './relations.ts'

/** Types with something to read that hosts of a later version send. */
export const laterTypes = ['REPLY', 'ATTACHMENT'] as const

/** Types that no client may send. */
export const reservedTypes: ReadonlySet<string> = new Set([
  ...relationKinds.map(typeOf),
  ...laterTypes,
  deletedType,
])

/** Kept free for what a later version says about the relation of a message to an earlier one. */
export const reservedField = 'relation'

/** @returns the reserved type that a lenient client would read from this text; undefined for a type that is free. */
export const reservedTypeOf = (type: string): string | undefined => {
  const plain = type.trim().toUpperCase()
  return reservedTypes.has(plain) ? plain : undefined
}
