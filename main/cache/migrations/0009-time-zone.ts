import type { Migration } from '../../sqlite/migrate.ts'

/** The time zone of times that a server writes without one: `ServerProfile.timeZone`. */
export const timeZone: Migration = db => {
  db.exec(`
    ALTER TABLE servers ADD COLUMN time_zone TEXT
  `)
}
