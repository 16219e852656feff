/** Types and fields of messages that only hosts send, or will send in a later version. */
import { attachmentType, deletedType } from './messages.ts'
import { relationKinds, typeOf } from './relations.ts'

/** Types with something to read that this window can't show yet. */
export const laterTypes = ['REPLY', attachmentType] as const

/** Types that no client may send, except for {@link attachmentType} with a file of the host. */
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
