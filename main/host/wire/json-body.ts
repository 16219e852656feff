/** JSON bodies: parsed before use; the sender of an invalid one gets a sentence that says why. */
import type { z } from 'zod'
import { bodyLimits } from '../../../shared/protocol/limits.ts'
import {
  requestSchema,
  type RequestBody,
  type RequestDestination,
} from '../../../shared/protocol/requests.ts'
import type { OutgoingMessage } from '../../broker/options/hooks.ts'
import { refused } from './refusal.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })

const isNestedDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some(inner => isNestedDeeper(inner, depth - 1)))

const parseText = (body: Uint8Array): unknown => {
  let text
  try {
    text = decoder.decode(body)
  } catch {
    throw refused('input-invalid', 'the body is not UTF-8')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw refused('input-invalid', 'the body is not JSON')
  }
}

/**
 * @param maxBytes the longest accepted body.
 * @returns the value in the body.
 * @throws {RefusedError} `message-too-long`, `input-invalid`
 */
export const readJson = (body: Uint8Array, maxBytes: number = bodyLimits.requestBytes): unknown => {
  if (body.length > maxBytes) throw refused('message-too-long', `the body may have at most ${maxBytes} bytes`)
  const value = parseText(body)
  if (isNestedDeeper(value, bodyLimits.depth))
    throw refused('input-invalid', `the body may be nested ${bodyLimits.depth} deep at most`)
  return value
}

/**
 * @returns the value as parsed by `schema`.
 * @throws {RefusedError} `input-invalid`, with a sentence that names the field.
 */
export const check = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') ?? ''
  throw refused('input-invalid', `${path === '' ? 'the body' : path}: ${issue?.message ?? 'is not valid'}`)
}

/** @returns the body of a SEND to this destination. @throws {RefusedError} as {@link readJson} and {@link check} */
export const parseRequest = <Destination extends RequestDestination>(
  destination: Destination,
  body: Uint8Array,
): RequestBody<Destination> => {
  const { messageBytes, requestBytes } = bodyLimits
  const json = readJson(body, destination === '/app/chat/message' ? messageBytes : requestBytes)
  return check(requestSchema(destination), json)
}

/** The headers of every message with a JSON body. */
export const jsonHeaders = { 'content-type': 'application/json' }

/** @returns a message whose body is this value as JSON. */
export const jsonMessage = (value: unknown): OutgoingMessage => ({
  headers: jsonHeaders,
  body: JSON.stringify(value),
})
