/** Refusals: each has a sentence for people and a code for programs. */
import { RefusedError, type Refusal } from '../../broker/options/hooks.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { RefusalCode } from '../../../shared/protocol/refusal-codes.ts'

/**
 * @param code sent in the header `code`.
 * @param message what is wrong and what to do, in English.
 * @param headers further headers, such as the id of the refused message.
 */
export const refusal = (
  code: RefusalCode,
  message: string,
  headers: Record<string, string> = {},
): Refusal => ({
  message,
  headers: { code, ...headers },
})

/** @returns a {@link refusal} to throw. */
export const refused = (code: RefusalCode, message: string, headers?: Record<string, string>): RefusedError =>
  new RefusedError(refusal(code, message, headers))

/** @returns the refusal for something that could not be stored. */
export const storageRefusal = (failure: Failure, headers?: Record<string, string>): Refusal =>
  failure.error.code === 'disk-full'
    ? refusal('disk-full', 'the disk of the host is full: nothing was stored, try again later', headers)
    : refusal('cache-failed', 'the host could not store this: try again later', headers)
