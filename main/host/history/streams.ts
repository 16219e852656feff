/** The histories of the rooms, read back as the broker's streams. */
import type { Database } from 'better-sqlite3'
import type { StreamStore } from '../../broker/hooks.ts'
import { endOf, placeOf, type Head } from './heads.ts'

const jsonHeaders = { 'content-type': 'application/json' }

/** @param headOf finds the history of a destination; undefined where it keeps none. */
export const openStreams = (
  database: Database,
  headOf: (destination: string) => Readonly<Head> | undefined,
): StreamStore => {
  const selectFirst = database
    .prepare<[number, number], number>(
      'SELECT "offset" FROM message WHERE place >= ? AND place < ? ORDER BY place LIMIT 1',
    )
    .pluck()
  const selectFrom = database.prepare<
    [number, number, number],
    { offset: number; timestamp: number; body: Uint8Array }
  >(
    'SELECT "offset", sent_at AS timestamp, body FROM message WHERE place >= ? AND place < ? ORDER BY place LIMIT ?',
  )
  const firstOf = (head: Readonly<Head>): number =>
    selectFirst.get(placeOf(head, 0), endOf(head)) ?? head.next

  return {
    has: destination => headOf(destination) !== undefined,
    bounds: destination => {
      const head = headOf(destination)
      return head ? { first: firstOf(head), next: head.next } : { first: 0, next: 0 }
    },
    read: (destination, offset, limit) => {
      const head = headOf(destination)
      if (!head) return []
      return selectFrom
        .all(placeOf(head, offset), endOf(head), limit)
        .map(row => ({ ...row, headers: jsonHeaders }))
    },
    offsetAt: (destination, timestamp) => {
      const head = headOf(destination)
      if (!head) return 0
      // sent_at never falls with the offset, so halving finds the place without an index of its own.
      let low = firstOf(head)
      let high = head.next
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const [entry] = selectFrom.all(placeOf(head, middle), endOf(head), 1)
        if (entry && entry.timestamp < timestamp) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
