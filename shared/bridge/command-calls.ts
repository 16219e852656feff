/** A command as it comes from the window: parsed by its own schema, carried out, answered by an envelope. Never throws. */
import type { z } from 'zod'
import { commandCallSchema } from '../contract/api.ts'
import type { Command, Handlers } from '../contract/command.ts'
import { Failure, toAppError, type Result } from '../contract/errors.ts'

/** A log for failed calls; it never gets text that was typed. */
export interface CallLog {
  warn(event: string, fields?: Record<string, unknown>): void
}

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  )

/** @returns the error that says best what is wrong with this input of the command `name`. */
const inputFailure = (name: string, input: unknown, error: z.ZodError): Failure => {
  const [issue] = error.issues
  const field = issue?.path.at(-1)
  const detail = `${name}: ${error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ')}`
  if (issue && field === 'port') {
    return new Failure('port-invalid', { port: String(valueAt(input, issue.path)) }, detail)
  }
  if (field === 'content' && issue?.code === 'too_big')
    return new Failure('message-too-long', undefined, detail)
  return new Failure(
    'input-invalid',
    { what: issue && issue.path.length > 0 ? issue.path.join('.') : name },
    detail,
  )
}

const parse = <Schema extends z.ZodType>(name: string, schema: Schema, input: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw inputFailure(name, input, parsed.error)
}

type Table = Record<string, Command>

const dispatch = async <T extends Table>(
  table: T,
  handlers: Handlers<T>,
  call: unknown,
): Promise<unknown> => {
  const { name, input } = parse('call', commandCallSchema, call)
  const command = Object.hasOwn(table, name) ? table[name] : undefined
  if (!command) throw new Failure('command-unknown', undefined, name)
  // Each handler takes what its own schema gives; through a union of names the compiler can't see that.
  const handler = handlers[name] as (input: unknown) => Promise<unknown>
  return handler(parse(name, command.input, input))
}

/**
 * Carries out a call from the command channel.
 * @param table the commands that there are for this window.
 * @param call anything at all.
 * @returns the command's output, or its error: `command-unknown`, `input-invalid`, or the failure of the handler.
 */
export const carryOut = async <T extends Table>(
  table: T,
  handlers: Handlers<T>,
  call: unknown,
  log: CallLog,
): Promise<Result<unknown>> => {
  try {
    return { ok: true, value: await dispatch(table, handlers, call) }
  } catch (thrown) {
    const error = toAppError(thrown)
    log.warn('command-failed', {
      code: error.code,
      detail: error.detail,
      ...(error.code === 'internal' && thrown instanceof Error && { stack: thrown.stack }),
    })
    return { ok: false, error }
  }
}
