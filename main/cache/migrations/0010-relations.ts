import type { Migration } from '../../sqlite/migrate.ts'

/**
 * What messages say about others of their room. Deletions were the only ones so far: a host's names its target in fields that were kept in
 * `extra`. Their targets are deleted already, or have not arrived.
 */
export const relations: Migration = db => {
  db.exec(`
    CREATE TABLE relations (
      message INTEGER PRIMARY KEY REFERENCES messages (seq) ON DELETE CASCADE, -- the one that has the relation
      room INTEGER NOT NULL,
      kind TEXT NOT NULL,
      target TEXT NOT NULL,
      target_offset INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX target ON relations (room, target_offset, target);

    INSERT INTO relations (message, room, kind, target, target_offset)
    SELECT seq, room, 'delete', body ->> 'target', body ->> 'targetOffset'
    FROM (
      SELECT messages.seq, messages.room, messages.extra -> '$.body' AS body
      FROM messages JOIN rooms ON rooms.id = messages.room JOIN servers ON servers.id = rooms.server_id
      WHERE messages.type = 'DELETE' AND servers.kind = 'stompbox' AND json_valid(messages.extra)
    )
    WHERE json_type(body, '$.target') = 'text' AND json_type(body, '$.targetOffset') = 'integer'
  `)
}
