import { deletedType, unreadableType } from '../../../shared/contract/model.ts'

const reasons: Readonly<Partial<Record<string, 'deleted' | 'unreadable'>>> = {
  [deletedType]: 'deleted',
  [unreadableType]: 'unreadable',
}

/** @returns why a message of this type stands in the list without a text; undefined for every other type. */
export const missingTextOf = (type: string): 'deleted' | 'unreadable' | undefined => reasons[type]
