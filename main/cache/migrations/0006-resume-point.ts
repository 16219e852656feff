import type { Migration } from '../../sqlite/migrate.ts'

/**
 * The message of the server's history that came last, by offset and id: the offset alone may be another message's when the server has been
 * put back from a backup. A room where none has the offset is read from the beginning once more.
 */
export const resumePoint: Migration = db => {
  db.exec(`
    ALTER TABLE rooms ADD COLUMN resume_offset INTEGER;
    ALTER TABLE rooms ADD COLUMN resume_id TEXT;
    UPDATE rooms SET (resume_offset, resume_id) =
      (SELECT "offset", id FROM messages WHERE room = rooms.id AND "offset" = next_offset - 1 ORDER BY seq DESC LIMIT 1);
    ALTER TABLE rooms DROP COLUMN next_offset;
  `)
}
