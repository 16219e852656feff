/** How the cache's thread and its client talk: what both sides agree on beside birpc's own messages. */
import { z } from 'zod'
import { Failure } from '../../shared/contract/errors.ts'
import { toFailure } from '../sqlite/failures.ts'
import { cacheRecoverySchema, type CacheRecovery } from '../../shared/contract/desktop-commands.ts'
import { parseError } from './rows.ts'

/** What the thread is started with. */
export const workerDataSchema = z.strictObject({ file: z.string().min(1) })

/** The first message of the thread: whether the file could be opened, and what came of a recovery. */
export const openedSchema = z.union([
  z.strictObject({ ok: z.literal(true), recovery: cacheRecoverySchema.nullable() }),
  z.strictObject({ ok: z.literal(false), error: z.unknown() }),
])
export type Opened = z.infer<typeof openedSchema>

/** What the thread tells by itself. */
export interface CacheNews {
  /** The cache was found damaged while it was in use, and was recovered: what was read from it before may have changed. */
  recovered: (recovery: CacheRecovery) => void
}

/** The part of birpc's messages that carries what a call threw. */
interface Reply {
  e?: unknown
}

/** Errors lose what is not standard about them on the way, so they cross as plain data … */
export const errorToData =
  (file: string) =>
  (message: Reply): Reply =>
    message.e === undefined ? message : { ...message, e: toFailure(message.e, file).error }

/** @returns the failure that has crossed as data. */
export const toCrossedFailure = (data: unknown): Failure => {
  const { code, params, detail } = parseError(data)
  return new Failure(code, params, detail)
}

/** … and are failures again on the other side. */
export const dataToError = (message: Reply): Reply =>
  message.e === undefined ? message : { ...message, e: toCrossedFailure(message.e) }
