import type { Migration } from '../../sqlite/migrate.ts'

/** What was said before somebody came counts as read: up to `read_offset`, until the replay of it has come that far. */
export const readOffset: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN read_offset INTEGER
  `)
}
