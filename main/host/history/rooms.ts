/** The rooms in the host's database. */
import type { Database } from 'better-sqlite3'

/** A room as everybody sees it in the directory. */
export interface HostRoom {
  roomId: string
  name: string
  topic: string
}

export interface RoomTable {
  /** @returns all rooms, oldest first. */
  list(): HostRoom[]
  /** @param at milliseconds since the epoch. */
  insert(room: HostRoom, at: number): void
}

export const openRooms = (database: Database): RoomTable => {
  const list = database.prepare<[], HostRoom>('SELECT room_id AS roomId, name, topic FROM room ORDER BY room')
  const insert = database.prepare<[string, string, string, number]>(
    'INSERT INTO room (room_id, name, topic, created_at) VALUES (?, ?, ?, ?)',
  )
  return {
    list: () => list.all(),
    insert: ({ roomId, name, topic }, at) => void insert.run(roomId, name, topic, at),
  }
}
