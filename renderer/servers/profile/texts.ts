/** How lists and values of a profile are written in one line. */
import type { Profile } from '../../../shared/contract/profile.ts'

/** @returns alternative paths, joined by commas; empty for null. */
export const pathsText = (paths: readonly string[] | null): string => paths?.join(', ') ?? ''

/** @returns the paths in a text; null for an empty one. A comma in a quoted name parts nothing. */
export const pathsOf = (text: string): string[] | null => {
  const paths = (text.match(/(?:\["[^"]*"\]|[^,])+/g) ?? []).map(path => path.trim()).filter(Boolean)
  return paths.length > 0 ? paths : null
}

type Constant = Profile['body']['constants'][number]['value']

/** @returns the constant that a text means: a number, `true`, `false`, `null`, a text in quotes, or the text itself. */
export const constantOf = (text: string): Constant => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? text : (value as Constant)
  } catch {
    return text
  }
}

/** @returns the text that means a constant. */
export const constantText = (value: Constant): string =>
  typeof value === 'string' && constantOf(value) === value ? value : JSON.stringify(value)
