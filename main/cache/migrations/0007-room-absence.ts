import type { Migration } from '../../sqlite/migrate.ts'

/** Why the person is not in a room. Of rooms that they were not in before this, it is not known. */
export const roomAbsence: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN absence TEXT CHECK (absence IN ('left', 'removed', 'banned', 'gone'))
  `)
}
