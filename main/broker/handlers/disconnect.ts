import type { Handler } from './handler.ts'

/** DISCONNECT: its RECEIPT says that all frames before it were carried out. */
export const disconnect: Handler = connection => {
  connection.phase = 'closing'
  return connection.settled()
}
