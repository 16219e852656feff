import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { ProtocolError } from '../frames/protocol-error.ts'

/**
 * Handles one client frame. A requested RECEIPT follows when it returns or its promise resolves; an exception becomes an ERROR.
 */
export type Handler = (connection: Connection, frame: Frame) => Promise<void> | void

/** @returns the header's value, which may be empty. @throws {ProtocolError} if the frame has none. */
export const requireHeader = (frame: Frame, name: string): string => {
  const value = frame.headers.get(name)
  if (value === undefined)
    throw new ProtocolError(`Missing header ${name}`, `${frame.command} needs a header ${name}.`)
  return value
}
