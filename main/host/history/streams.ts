/** The histories of the rooms, read back as the broker's streams. */
import type { Database } from 'better-sqlite3'
import type { StreamEntry, StreamStore } from '../../broker/options/hooks.ts'
import { maxOffset, placeOf, type Head } from './heads.ts'

const jsonHeaders = { 'content-type': 'application/json' }

/** A local store, which answers at once. */
export interface LocalStreams extends StreamStore {
  bounds(destination: string): { first: number; next: number }
  read(destination: string, offset: number, limit: number): StreamEntry[]
  offsetAt(destination: string, timestamp: number): number
}

/** @param headOf finds the history of a destination; undefined where it keeps none. */
export const openStreams = (
  database: Database,
  headOf: (destination: string) => Readonly<Head> | undefined,
): LocalStreams => {
  const select = database.prepare<
    [number, number, number, number],
    { offset: number; timestamp: number; body: Uint8Array }
  >(
    `SELECT "offset", ifnull(reached_at, sent_at) AS timestamp, body FROM message
     WHERE room = ? AND place BETWEEN ? AND ? ORDER BY place LIMIT ?`,
  )
  const selectFirst = database
    .prepare<[number, number, number], number>(
      'SELECT "offset" FROM message WHERE room = ? AND place BETWEEN ? AND ? ORDER BY place LIMIT 1',
    )
    .pluck()
  const firstOf = (head: Readonly<Head>): number =>
    selectFirst.get(head.room, placeOf(head, 0), placeOf(head, maxOffset)) ?? head.next
  const from = (head: Readonly<Head>, offset: number, limit: number) =>
    offset >= head.next ? [] : select.all(head.room, placeOf(head, offset), placeOf(head, maxOffset), limit)

  return {
    has: destination => headOf(destination) !== undefined,
    bounds: destination => {
      const head = headOf(destination)
      return head ? { first: firstOf(head), next: head.next } : { first: 0, next: 0 }
    },
    read: (destination, offset, limit) => {
      const head = headOf(destination)
      if (!head) return []
      return from(head, offset, limit).map(row => ({ ...row, headers: jsonHeaders }))
    },
    offsetAt: (destination, timestamp) => {
      const head = headOf(destination)
      if (!head) return 0
      // The time that was reached never falls with the offset, so halving finds the message without an index of its own.
      let low = firstOf(head)
      let high = head.next
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const [entry] = from(head, middle, 1)
        if (entry && entry.timestamp < timestamp) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
