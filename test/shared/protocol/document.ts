/** docs/PROTOCOL.md as data: its tables, by the heading above them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const text = readFileSync(join(import.meta.dirname, '../../../docs/PROTOCOL.md'), 'utf8')

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim())

/** @returns the text under a heading, up to the next heading of any level. */
export const sectionOf = (heading: string): string => {
  const [, after] = text.split(`\n${heading}\n`)
  if (after === undefined) throw new Error(`docs/PROTOCOL.md has no heading "${heading}"`)
  return after.split(/\n#+ /, 1)[0] ?? ''
}

/** @returns the rows of the tables under a heading, each without the row of its column names. */
export const tablesOf = (heading: string): string[][][] =>
  sectionOf(heading)
    .split(/\n{2,}/)
    .map(block => block.split('\n').filter(line => line.startsWith('|')))
    .filter(lines => lines.length > 2)
    .map(lines => lines.slice(2).map(cellsOf))

/** @returns what stands between backticks. */
export const codesIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const isOptional = (schema: z.core.$ZodType): boolean => z.safeParse(schema, undefined).success

/** @returns the schema without what makes it optional or nullable. */
const bare = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodCatch
  )
    return bare(schema.unwrap())
  return schema
}

/** @returns the only values that a field can have; none where it can have any. */
const valuesOf = (schema: z.core.$ZodType): string[] => {
  const inner = bare(schema)
  const named =
    inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral
      ? [...(inner instanceof z.ZodEnum ? inner.options : inner.values)].map(String)
      : []
  const isNull = named.length > 0 && !isOptional(schema) && z.safeParse(schema, null).success
  return isNull ? [...named, 'null'] : named
}

const fieldOf = (name: string, schema: z.core.$ZodType): string => {
  const values = valuesOf(schema).map(value => `\`${value}\``)
  const choice = values.length > 0 ? ` (${values.join(', ')})` : ''
  return `\`${name}${isOptional(schema) ? '?' : ''}\`${choice}`
}

/** @returns the fields of a body, as the tables write them. */
export const fieldsOf = (schema: z.ZodObject): string =>
  [
    ...Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => fieldOf(name, field)),
    ...(schema.def.catchall instanceof z.ZodUnknown ? ['others'] : []),
  ].join(', ')

/** @returns the objects within a body, by how the tables name them: `person` for one, `each of people` for those of a list. */
export const partsOf = (schema: z.ZodObject): [name: string, fields: string][] =>
  Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, field]): [string, string][] => {
    const inner = bare(field)
    if (inner instanceof z.ZodObject) return [[`\`${name}\``, fieldsOf(inner)]]
    const element = inner instanceof z.ZodArray ? bare(inner.element) : undefined
    return element instanceof z.ZodObject ? [[`each of \`${name}\``, fieldsOf(element)]] : []
  })
