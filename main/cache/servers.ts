import type { ServerId } from '../../shared/contract/model.ts'
import { readProfile, type Profile } from '../../shared/contract/profile.ts'
import type { StoredServer } from '../../shared/core/ports.ts'
import { createEmptying } from './emptying.ts'
import type { WritableDatabase } from '../sqlite/database.ts'

type ServerRow = Omit<StoredServer, 'profile' | 'own' | 'enabled'> & {
  profile: string
  own: number
  enabled: number
}

/** @returns the value of a JSON text; null for any other. */
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @returns the profile in the row of a server. */
const profileOfRow = (text: string): Profile => readProfile(parse(text))

/** Server profiles, in the order in which they were added. */
export const createServers = (db: WritableDatabase) => {
  const select = db.prepare<[], ServerRow>(`
    SELECT id, name, url, fingerprint, profile, own, enabled, kind FROM servers ORDER BY position`)
  const upsert = db.prepare<[ServerRow]>(`
    INSERT INTO servers (id, name, url, fingerprint, profile, own, enabled, kind)
    VALUES (@id, @name, @url, @fingerprint, @profile, @own, @enabled, @kind)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, fingerprint = excluded.fingerprint,
      profile = excluded.profile, own = excluded.own, enabled = excluded.enabled, kind = excluded.kind`)
  const selectRooms = db.prepare<[ServerId], number>('SELECT id FROM rooms WHERE server_id = ?').pluck()
  const empty = createEmptying(db)
  const remove = db.prepare<[ServerId]>('DELETE FROM servers WHERE id = ?')

  return {
    list: (): StoredServer[] =>
      select.all().map(row => ({
        ...row,
        profile: profileOfRow(row.profile),
        own: row.own === 1,
        enabled: row.enabled === 1,
      })),
    save: (server: StoredServer): void => {
      upsert.run({
        ...server,
        profile: JSON.stringify(server.profile),
        own: Number(server.own),
        enabled: Number(server.enabled),
      })
    },
    /** Its rooms and their messages go with it. */
    remove: (id: ServerId): void => {
      for (const room of selectRooms.all(id)) empty(room)
      remove.run(id)
    },
  }
}
