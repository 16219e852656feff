import { deletedType, laterTypes, unreadableType } from '../../../shared/contract/model.ts'

export type MissingReason = 'deleted' | 'unreadable' | 'later'

const reasons: ReadonlyMap<string, MissingReason> = new Map([
  [deletedType, 'deleted'],
  [unreadableType, 'unreadable'],
  ...laterTypes.map(type => [type, 'later'] as const),
])

/** @returns why a message of this type stands in the list without a text; undefined for every other type. */
export const missingTextOf = (type: string): MissingReason | undefined => reasons.get(type)
