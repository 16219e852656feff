/** The rooms and the standings of people in the host's database. */
import type { Database } from 'better-sqlite3'
import type { Standing } from '../../../shared/protocol/people.ts'
import type { DirectoryContent, StoredRoom } from '../ports/directory.ts'
import type { AtOnce } from './people.ts'

interface RoomTable extends AtOnce<'addRoom' | 'changeRoom' | 'removeRoom' | 'setStanding' | 'answerTo'> {
  list(): StoredRoom[]
  standings(): DirectoryContent['standings']
}

/** How long an answered request is remembered. Milliseconds. */
const rememberedFor = 7 * 24 * 60 * 60 * 1_000

export const openRooms = (database: Database): RoomTable => {
  const list = database.prepare<[], Omit<StoredRoom, 'archived'> & { archivedAt: number | null }>(
    `SELECT room_id AS roomId, name, topic, kind, direct_key AS directKey, archived_at AS archivedAt, made_by AS madeBy,
       made_from AS madeFrom, created_at AS madeAt
     FROM room WHERE deleted_at IS NULL ORDER BY room`,
  )
  const standings = database.prepare<[], DirectoryContent['standings'][number]>(
    'SELECT room_id AS roomId, person_id AS personId, standing FROM standing JOIN room USING (room)',
  )
  const insert = database.prepare<[Omit<StoredRoom, 'archived'>]>(
    `INSERT INTO room (room_id, name, topic, kind, direct_key, made_by, made_from, created_at)
     VALUES (@roomId, @name, @topic, @kind, @directKey, @madeBy, @madeFrom, @madeAt)`,
  )
  const rowOf = database.prepare<[string], number>('SELECT room FROM room WHERE room_id = ?').pluck()
  const removePeople = database.prepare<[number]>('DELETE FROM standing WHERE room = ?')
  const removeRequests = database.prepare<[number]>('DELETE FROM request WHERE room = ?')
  // No room can have this id.
  const markRemoved = database.prepare<[number, number]>(
    `UPDATE room SET room_id = 'deleted ' || room, name = '', topic = '', direct_key = NULL, deleted_at = ? WHERE room = ?`,
  )
  const update = database.prepare<[string, string, number | null, string]>(
    'UPDATE room SET name = ?, topic = ?, archived_at = ? WHERE room_id = ?',
  )
  const upsertStanding = database.prepare<[string, Standing, string]>(
    `INSERT INTO standing (room, person_id, standing) SELECT room, ?, ? FROM room WHERE room_id = ?
     ON CONFLICT (room, person_id) DO UPDATE SET standing = excluded.standing`,
  )
  const deleteStanding = database.prepare<[string, string]>(
    'DELETE FROM standing WHERE person_id = ? AND room = (SELECT room FROM room WHERE room_id = ?)',
  )
  const insertRequest = database.prepare<[string, string, number, string]>(
    `INSERT INTO request (person_id, request_id, room, answered_at) SELECT ?, ?, room, ? FROM room WHERE room_id = ?`,
  )
  const forgetRequests = database.prepare<[number]>('DELETE FROM request WHERE answered_at < ?')
  const answer = database
    .prepare<[string, string], string>(
      'SELECT room_id FROM request JOIN room USING (room) WHERE person_id = ? AND request_id = ?',
    )
    .pluck()

  const setStanding: RoomTable['setStanding'] = (roomId, personId, standing) => {
    if (standing === null) deleteStanding.run(personId, roomId)
    else upsertStanding.run(personId, standing, roomId)
  }
  const removeAll = database.transaction<RoomTable['removeRoom']>((roomId, at) => {
    const row = rowOf.get(roomId)
    if (row === undefined) return
    removePeople.run(row)
    removeRequests.run(row)
    markRemoved.run(at, row)
  })
  const insertAll = database.transaction<RoomTable['addRoom']>((room, founders, request) => {
    const { roomId, madeAt: at } = room
    insert.run(room)
    for (const [personId, standing] of founders ?? []) setStanding(roomId, personId, standing)
    forgetRequests.run(at - rememberedFor)
    if (request) insertRequest.run(request.personId, request.requestId, at, roomId)
  })

  return {
    list: () => list.all().map(({ archivedAt, ...room }) => ({ ...room, archived: archivedAt !== null })),
    standings: () => standings.all(),
    addRoom: (...room) => insertAll.immediate(...room),
    changeRoom: ({ roomId, name, topic, archived }, at) =>
      void update.run(name, topic, archived ? at : null, roomId),
    removeRoom: (...room) => removeAll.immediate(...room),
    setStanding,
    answerTo: ({ personId, requestId }) => answer.get(personId, requestId),
  }
}
