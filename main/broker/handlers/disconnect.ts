import type { Handler } from './handler.ts'

/** DISCONNECT: its RECEIPT means that all earlier frames were handled. */
export const disconnect: Handler = connection => {
  connection.phase = 'closing'
  return connection.settled()
}
