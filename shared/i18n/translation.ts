import type { en } from './en/index.ts'

/** The same keys with any text: what every language but English has to offer. */
type SameKeys<T> = { [Key in keyof T]: T[Key] extends string ? string : SameKeys<T[Key]> }

export type Translation = SameKeys<typeof en>
