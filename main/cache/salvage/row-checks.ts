/** What a row has to be like beyond the rules of the schema, because a window shows it: damage may leave values that SQLite takes. */
import { z } from 'zod'
import { messageIdSchema, roomIdSchema, roomKey, serverIdSchema } from '../../../shared/contract/model.ts'
import type { Row } from './readable-rows.ts'

/** Milliseconds since the epoch, within the range of Date. */
const time = z.number().min(-8.64e15).max(8.64e15)

const checks: Record<string, z.ZodType<Row>> = {
  servers: z.looseObject({ id: serverIdSchema, name: z.string().min(1), url: z.string().min(1) }),
  rooms: z
    .looseObject({ server_id: serverIdSchema, room_id: roomIdSchema, name: z.string() })
    .transform(row => ({ ...row, key: roomKey(row.server_id, row.room_id) })),
  messages: z.looseObject({ id: messageIdSchema, sent_at: time, received_at: time, sort_at: time }),
}

/** @returns the row, repaired where that is possible; null if it makes no sense. */
export const sensibleRow = (table: string, row: Row): Row | null =>
  checks[table] === undefined ? row : (checks[table].safeParse(row).data ?? null)
