import type { Migration } from '../../sqlite/migrate.ts'

/** For whom a room is, and the other one in a direct room. The next directory of the server corrects what is there already. */
export const roomKind: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN kind TEXT NOT NULL DEFAULT 'public' CHECK (kind IN ('public', 'private', 'direct'));
    ALTER TABLE rooms ADD COLUMN person_id TEXT
  `)
}
