import type { Migration } from '../../sqlite/migrate.ts'

/** A server may be known by its certificate: `ServerProfile.fingerprint`. */
export const fingerprint: Migration = db => {
  db.exec(`
    ALTER TABLE servers ADD COLUMN fingerprint TEXT CHECK (length(fingerprint) = 64)
  `)
}
