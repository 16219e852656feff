/** A small JSON file that the app keeps: read once and bounded by a schema, written atomically. */
import { readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import type { Log } from '../shared/core/ports.ts'
import { writeFileAtomic } from './atomic-file.ts'

export interface JsonDocument<Value extends object> {
  current: () => Value
  /**
   * Changes what is given and writes the file; one change after the other.
   * @param change the new fields, or what makes them of the current ones.
   * @returns the value after it. @throws Failure `disk-full` or `disk-readonly`; the value is then as it was.
   */
  update(change: Partial<Value> | ((value: Value) => Partial<Value>)): Promise<Value>
  /** Calls after every change. @returns what ends the listening. */
  onChange(listener: (value: Value) => void): () => void
}

const objectSchema = z.record(z.string(), z.unknown())

const read = async (file: string, log: Log): Promise<Record<string, unknown>> => {
  try {
    return objectSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
    if (code === 'ENOENT') return {}
    const aside = `${file}.broken`
    await rename(file, aside).catch(() => undefined)
    // The parser's own words would quote the file.
    log.warn('file-broken', { file, aside, code })
    return {}
  }
}

/**
 * @param schema gives every field a default, so that it parses `{}`; a field that it does not know stays in the file.
 * @returns the document. A file that can't be read, or is no JSON object, is kept aside as `<file>.broken`.
 */
export const openJsonDocument = async <Value extends object>(
  file: string,
  schema: z.ZodType<Value>,
  log: Log,
): Promise<JsonDocument<Value>> => {
  const found = await read(file, log)
  let value = schema.parse(found)
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
