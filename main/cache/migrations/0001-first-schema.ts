import type { Migration } from '../../sqlite/migrate.ts'

/**
 * The first schema. A room's summary points to messages instead of copying them; the outbox is those own messages whose delivery
 * says so. `place` is the order of `compareMessages`: 9007199254740991 is Number.MAX_SAFE_INTEGER, for what has no offset.
 */
export const firstSchema: Migration = db => {
  db.exec(`
    CREATE TABLE person (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      name TEXT NOT NULL
    ) STRICT;

    CREATE TABLE servers (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      url TEXT NOT NULL,
      login TEXT,
      virtual_host TEXT,
      subscribe_template TEXT NOT NULL,
      publish_template TEXT NOT NULL,
      own INTEGER NOT NULL CHECK (own IN (0, 1)),
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      kind TEXT CHECK (kind IN ('stompbox', 'stomp'))
    ) STRICT;

    CREATE TABLE rooms (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      server_id TEXT NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
      room_id TEXT NOT NULL,
      name TEXT NOT NULL,
      topic TEXT NOT NULL,
      joined INTEGER NOT NULL CHECK (joined IN (0, 1)),
      draft TEXT NOT NULL DEFAULT '',
      unread INTEGER NOT NULL DEFAULT 0,
      mentions INTEGER NOT NULL DEFAULT 0,
      last_read_id TEXT,      -- the newest message that the person has seen
      read_mark INTEGER,      -- seq of the newest message of others that the person has seen
      last_chat INTEGER,      -- seq of the newest chat message
      next_offset INTEGER,    -- where to resume the server's history
      UNIQUE (server_id, room_id)
    ) STRICT;

    CREATE TABLE messages (
      seq INTEGER PRIMARY KEY,
      room INTEGER NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
      id TEXT NOT NULL,
      type TEXT NOT NULL,
      sender TEXT NOT NULL,
      sender_id TEXT,
      content TEXT NOT NULL,
      sent_at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      "offset" INTEGER,
      sort_at INTEGER NOT NULL,
      own INTEGER NOT NULL CHECK (own IN (0, 1)),
      mentions_me INTEGER NOT NULL CHECK (mentions_me IN (0, 1)),
      delivery TEXT CHECK (delivery IN ('queued', 'sent', 'confirmed', 'failed')),
      failure TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      extra TEXT,
      UNIQUE (room, id)
    ) STRICT;

    CREATE INDEX place ON messages (room, sort_at, ifnull("offset", 9007199254740991), seq);
    CREATE INDEX outbox ON messages (seq) WHERE delivery IN ('queued', 'sent');

    CREATE VIRTUAL TABLE search USING fts5 (
      content, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
    );
    -- However a message goes (alone, with its room, with its server), the index forgets it.
    CREATE TRIGGER forget AFTER DELETE ON messages BEGIN
      DELETE FROM search WHERE rowid = old.seq;
    END;
  `)
}
