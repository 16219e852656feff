/** A small JSON file of the app: read once, validated by a schema, written atomically. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Failure } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'
import { keepAside } from './aside.ts'
import { writeFileAtomic } from './atomic-file.ts'
import { patiently, systemCode } from './patient.ts'

export interface JsonDocument<Value extends object> {
  current: () => Value
  /**
   * Changes the given fields and writes the file; changes run one after another.
   * @param change the new fields, or a function that makes them from the current value.
   * @returns the new value. @throws Failure `disk-full` or `disk-readonly`; then the value is unchanged.
   */
  update(change: Partial<Value> | ((value: Value) => Partial<Value>)): Promise<Value>
  /** Calls `listener` after every change. @returns a function that removes it. */
  onChange(listener: (value: Value) => void): () => void
}

const objectSchema = z.record(z.string(), z.unknown())

/** @returns the text; null without a file. @throws Failure `file-unreadable`: the file may exist, so nothing may replace it. */
const readFileText = async (file: string): Promise<string | null> => {
  try {
    return await patiently(() => readFile(file, 'utf8'))
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code === 'ENOENT') return null
    // A folder is not JSON.
    if (code === 'EISDIR') return ''
    throw new Failure('file-unreadable', { file }, thrown)
  }
}

/**
 * @param schema has a default for every field, so that it parses `{}`; unknown fields stay in the file.
 * @param keepAside whether to rename a file that is not a JSON object or does not fit the schema, and start with a new one.
 * @returns the document.
 * @throws Failure `file-unreadable` if the file can't be read for a second; `file-broken` where it is broken and `keepAside` is false.
 */
export const openJsonDocument = async <Value extends object>(
  file: string,
  schema: z.ZodType<Value>,
  log: Log,
  { keepAside: mayKeepAside = true } = {},
): Promise<JsonDocument<Value>> => {
  const text = await readFileText(file)
  let found: Record<string, unknown> = {}
  let value: Value
  try {
    if (text !== null) found = objectSchema.parse(JSON.parse(text))
    value = schema.parse(found)
  } catch {
    // The parser's message would quote the file.
    if (!mayKeepAside) throw new Failure('file-broken', { file })
    log.warn('file-broken', { file, aside: await keepAside(file) })
    found = {}
    value = schema.parse(found)
  }
  let last: Promise<unknown> = Promise.resolve()
  const listeners = new Set<(value: Value) => void>()

  const write = async (change: Parameters<JsonDocument<Value>['update']>[0]): Promise<Value> => {
    const changed = { ...value, ...(typeof change === 'function' ? change(value) : change) }
    await writeFileAtomic(file, `${JSON.stringify({ ...found, ...changed }, null, 2)}\n`)
    value = changed
    for (const listener of listeners) listener(value)
    return value
  }

  return {
    current: () => value,
    update: change => {
      const written = last.then(() => write(change))
      last = written.catch(() => undefined)
      return written
    },
    onChange: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
