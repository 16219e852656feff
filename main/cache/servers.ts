import type { ServerId } from '../../shared/contract/model.ts'
import type { StoredServer } from '../../shared/core/ports.ts'
import { createEmptying } from './emptying.ts'
import type { WritableDatabase } from '../sqlite/database.ts'

type ServerRow = Omit<StoredServer, 'own' | 'enabled'> & { own: number; enabled: number }

/** Server profiles, in the order in which they were added. */
export const createServers = (db: WritableDatabase) => {
  const select = db.prepare<[], ServerRow>(`
    SELECT id, name, url, login, virtual_host AS virtualHost, subscribe_template AS subscribeTemplate,
      publish_template AS publishTemplate, fingerprint, time_zone AS timeZone, own, enabled, kind
    FROM servers ORDER BY position`)
  const upsert = db.prepare<[ServerRow]>(`
    INSERT INTO servers (id, name, url, login, virtual_host, subscribe_template, publish_template, fingerprint,
      time_zone, own, enabled, kind)
    VALUES (@id, @name, @url, @login, @virtualHost, @subscribeTemplate, @publishTemplate, @fingerprint, @timeZone, @own, @enabled, @kind)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, login = excluded.login,
      virtual_host = excluded.virtual_host, subscribe_template = excluded.subscribe_template,
      publish_template = excluded.publish_template, fingerprint = excluded.fingerprint, time_zone = excluded.time_zone, own = excluded.own, enabled = excluded.enabled, kind = excluded.kind`)
  const selectRooms = db.prepare<[ServerId], number>('SELECT id FROM rooms WHERE server_id = ?').pluck()
  const empty = createEmptying(db)
  const remove = db.prepare<[ServerId]>('DELETE FROM servers WHERE id = ?')

  return {
    list: (): StoredServer[] =>
      select.all().map(row => ({ ...row, own: row.own === 1, enabled: row.enabled === 1 })),
    save: (server: StoredServer): void => {
      upsert.run({ ...server, own: Number(server.own), enabled: Number(server.enabled) })
    },
    /** Its rooms and their messages go with it. */
    remove: (id: ServerId): void => {
      for (const room of selectRooms.all(id)) empty(room)
      remove.run(id)
    },
  }
}
