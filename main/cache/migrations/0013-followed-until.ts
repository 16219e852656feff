import type { Migration } from '../../sqlite/migrate.ts'

/** Until when a room was followed, in ms since the epoch. Of rooms from before this, that is not known. */
export const followedUntil: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN followed_until INTEGER
  `)
}
