import type { Migration } from '../../sqlite/migrate.ts'

/** An open invitation: `Room.invitedBy`. Of those from before this, none is known. */
export const invitedBy: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN invited_by TEXT
  `)
}
