import type { Migration } from '../../sqlite/migrate.ts'

/** Whether a room can only be read. The next directory of the server corrects what is there already. */
export const roomArchived: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
  `)
}
