/** Changes of a profile's draft, by the paths of its fields. */
import type { ProfileDraft } from './draft.ts'

/** Where values of a type stand in a draft, such as `rooms.subscribe.0`. */
type PathTo<Leaf, In, Before extends string = ''> = {
  [Key in keyof In & string]: In[Key] extends Leaf
    ? `${Before}${Key}`
    : In[Key] extends readonly (infer Row)[]
      ? Row extends Leaf
        ? `${Before}${Key}.${number}`
        : PathTo<Leaf, Row, `${Before}${Key}.${number}.`>
      : In[Key] extends object
        ? PathTo<Leaf, In[Key], `${Before}${Key}.`>
        : never
}[keyof In & string]
export type TextPath = PathTo<string, ProfileDraft>
export type FlagPath = PathTo<boolean, ProfileDraft>

const header = { name: '', value: '' }
const told = { ...header, secret: false }
/** The lists of a draft, and a new row of each. */
const newRows = {
  'connect.headers': told,
  'connect.handshake': told,
  'connect.query': told,
  'rooms.subscribe': '',
  'rooms.source.rooms': { id: '', name: '' },
  own: { destination: '', as: 'room', name: '', send: '' },
  'frames.subscribe': header,
  'frames.send': header,
  'body.types': { type: '', as: 'shown' },
  'body.constants': header,
} as const
export type ListPath = keyof typeof newRows
const listPaths = Object.keys(newRows) as ListPath[]

export type DraftEdit =
  | { edit: 'set'; at: TextPath; value: string }
  | { edit: 'flag'; at: FlagPath; value: boolean }
  | { edit: 'add'; list: ListPath }
  | { edit: 'remove'; list: ListPath; row: number }
  /** Removes the rows in which nothing is typed. */
  | { edit: 'tidy' }
  | { edit: 'change'; change: (draft: ProfileDraft) => ProfileDraft }

/** @returns the value at a path. */
const at = (draft: ProfileDraft, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], draft)

/** @returns the text at a path; empty where there is none. */
export const textAt = (draft: ProfileDraft, path: TextPath): string => {
  const text = at(draft, path)
  return typeof text === 'string' ? text : ''
}

/** @returns whether a flag is set. */
export const flagAt = (draft: ProfileDraft, path: FlagPath): boolean => at(draft, path) === true

/** @returns the rows of a list. */
export const rowsAt = (draft: ProfileDraft, list: ListPath): readonly unknown[] =>
  at(draft, list) as readonly unknown[]

const put = (value: unknown, [step, ...rest]: readonly string[], leaf: unknown): unknown => {
  if (step === undefined) return leaf
  if (Array.isArray(value)) return value.with(Number(step), put(value[Number(step)], rest, leaf))
  const group = value as Record<string, unknown>
  return { ...group, [step]: put(group[step], rest, leaf) }
}
const set = (draft: ProfileDraft, path: string, value: unknown): ProfileDraft =>
  put(draft, path.split('.'), value) as ProfileDraft

const isFilled = (row: unknown): boolean =>
  typeof row === 'string'
    ? row.trim() !== ''
    : Object.entries(row as object).some(
        ([name, value]) => name !== 'as' && typeof value === 'string' && value.trim() !== '',
      )

const tidy = (draft: ProfileDraft): ProfileDraft =>
  listPaths.reduce((tidied, list) => {
    const rows = rowsAt(tidied, list).filter(isFilled)
    return set(tidied, list, list === 'rooms.subscribe' && rows.length === 0 ? [''] : rows)
  }, draft)

/** @returns the draft after a change. */
export const editDraft = (draft: ProfileDraft, edit: DraftEdit): ProfileDraft => {
  switch (edit.edit) {
    case 'set':
    case 'flag':
      return set(draft, edit.at, edit.value)
    case 'add':
      return set(draft, edit.list, [...rowsAt(draft, edit.list), newRows[edit.list]])
    case 'remove':
      return set(
        draft,
        edit.list,
        rowsAt(draft, edit.list).filter((_, row) => row !== edit.row),
      )
    case 'tidy':
      return tidy(draft)
    case 'change':
      return edit.change(draft)
  }
}
