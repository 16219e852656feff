import { openInvitation } from '../../shared/cache/summary.ts'
import { Failure } from '../../shared/contract/errors.ts'
import { roomKey, type Room, type RoomKey } from '../../shared/contract/model.ts'
import type { NewRoom, ResumePoint } from '../../shared/core/ports.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import { createEmptying } from './emptying.ts'
import { roomSelect, toRoom, type RoomRow } from './rows.ts'

type Values = Required<Omit<NewRoom, 'joined' | 'archived' | 'invitedBy'>> & {
  key: RoomKey
  joined: number
  archived: number
  invitedBy: string | null
}

/** The rooms. Their counts and previews are computed by the rules of `shared/cache`. */
export const createRooms = (db: WritableDatabase) => {
  const selectAll = db.prepare<[], RoomRow>(`${roomSelect} ORDER BY rooms.id`)
  const selectOne = db.prepare<[RoomKey], RoomRow>(`${roomSelect} WHERE rooms.key = ?`)
  const upsert = db.prepare<[Values]>(`
    INSERT INTO rooms (key, server_id, room_id, kind, name, topic, person_id, joined, absence, archived, read_offset, invited_by)
    SELECT @key, id, @roomId, @kind, @name, @topic, @personId, @joined, @absence, @archived, @readOffset, @invitedBy FROM servers WHERE id = @serverId
    ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, name = excluded.name, topic = excluded.topic,
      person_id = excluded.person_id, joined = excluded.joined, absence = excluded.absence, archived = excluded.archived,
      invited_by = excluded.invited_by`)
  const updateDraft = db.prepare<[string, RoomKey]>('UPDATE rooms SET draft = ? WHERE key = ?')
  const endInvitation = db.prepare<[RoomKey]>('UPDATE rooms SET invited_by = NULL WHERE key = ?')
  const selectId = db.prepare<[RoomKey], number>('SELECT id FROM rooms WHERE key = ?').pluck()
  const empty = createEmptying(db)
  const remove = db.prepare<[number]>('DELETE FROM rooms WHERE id = ?')
  const selectResume = db.prepare<[RoomKey], ResumePoint>(
    'SELECT resume_offset AS "offset", resume_id AS id FROM rooms WHERE key = ? AND resume_id IS NOT NULL',
  )

  const selectFollowed = db
    .prepare<[RoomKey], number | null>('SELECT followed_until FROM rooms WHERE key = ?')
    .pluck()
  const updateFollowed = db.prepare<[number | null, RoomKey]>(
    'UPDATE rooms SET followed_until = ? WHERE key = ?',
  )

  /** @throws Failure `not-found`. */
  const get = (key: RoomKey): Room => {
    const row = selectOne.get(key)
    if (!row) throw new Failure('not-found')
    return toRoom(row)
  }

  return {
    get,
    list: (): Room[] => selectAll.all().map(toRoom),
    /** @throws Failure `not-found` for an unknown server. */
    save: ({ readOffset = null, ...room }: NewRoom): Room => {
      const key = roomKey(room.serverId, room.roomId)
      const known = selectOne.get(key)
      upsert.run({
        ...room,
        key,
        joined: Number(room.joined),
        archived: Number(room.archived),
        readOffset,
        invitedBy: openInvitation(room, known?.invitedBy ?? null),
      })
      return get(key)
    },
    /** Deletes the room with its messages. */
    remove: (key: RoomKey): void => {
      const id = selectId.get(key)
      if (id === undefined) return
      empty(id)
      remove.run(id)
    },
    saveDraft: (key: RoomKey, text: string): Room => {
      updateDraft.run(text, key)
      return get(key)
    },
    endInvitation: (key: RoomKey): Room => {
      endInvitation.run(key)
      return get(key)
    },
    followedUntil: (key: RoomKey): number | null => selectFollowed.get(key) ?? null,
    saveFollowed: (keys: RoomKey[], at: number | null): void => {
      for (const key of keys) updateFollowed.run(at, key)
    },
    resumePoint: (key: RoomKey): ResumePoint | null => selectResume.get(key) ?? null,
  }
}
