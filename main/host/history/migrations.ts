/** The schema of the host's database. */
import { inBatches } from '../../sqlite/batches.ts'
import type { Migration } from '../../sqlite/migrate.ts'

const sql =
  (statements: string): Migration =>
  db =>
    db.exec(statements)

/**
 * Each entry migrates from the version before (`user_version`) to the next one, and never changes once released.
 * `name_key` is {@link import('../../../shared/text/fold.ts').nameKey}.
 */
export const migrations: readonly Migration[] = [
  sql(/* sql */ `
  -- next_offset and last_sent_at outlive the messages, so that an offset is never given twice and time never runs back.
  CREATE TABLE room (
    room INTEGER PRIMARY KEY,
    room_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    next_offset INTEGER NOT NULL DEFAULT 0,
    last_sent_at INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  -- body is the JSON that everybody got, as UTF-8; sent_at is in milliseconds since the epoch and never falls with offset.
  CREATE TABLE message (
    room INTEGER NOT NULL REFERENCES room,
    "offset" INTEGER NOT NULL,
    sent_at INTEGER NOT NULL,
    sender_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (room, "offset"),
    UNIQUE (room, message_id, sender_id)
  ) STRICT, WITHOUT ROWID;

  -- Who has claimed a name. device_hash is the SHA-256 of the device key, which itself is never kept.
  CREATE TABLE person (
    person_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    device_hash BLOB NOT NULL UNIQUE,
    claimed_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `),
  sql(/* sql */ `
  -- A public room is for everybody, a private one for its members, a direct one for the two whom direct_key names.
  -- bytes is the length of all bodies that are kept.
  ALTER TABLE room ADD COLUMN kind TEXT NOT NULL DEFAULT 'public' CHECK (kind IN ('public', 'private', 'direct'));
  ALTER TABLE room ADD COLUMN direct_key TEXT;
  ALTER TABLE room ADD COLUMN archived_at INTEGER;
  ALTER TABLE room ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
  UPDATE room SET bytes = (SELECT ifnull(sum(length(body)), 0) FROM message WHERE message.room = room.room);
  CREATE UNIQUE INDEX direct ON room (direct_key) WHERE direct_key IS NOT NULL;

  -- Set where a message was deleted: its body is then what stands in its place.
  ALTER TABLE message ADD COLUMN erased_at INTEGER;

  -- What somebody is in a room. In a public room everybody who is not named here is a member.
  CREATE TABLE standing (
    room INTEGER NOT NULL REFERENCES room,
    person_id TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('owner', 'moderator', 'member', 'banned')),
    PRIMARY KEY (room, person_id)
  ) STRICT, WITHOUT ROWID;

  -- The rooms that requests have made, so that a request that comes again makes no second one.
  CREATE TABLE request (
    person_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    room INTEGER NOT NULL REFERENCES room,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, request_id)
  ) STRICT, WITHOUT ROWID;
  `),
  db => {
    db.exec(/* sql */ `
  -- One number says the place of a message: the room above, the offset in the lower 32 bits. As the table's own key it lets a new
  -- message be appended where it stands. Ids rise with the time: with them in front, the index grows at its end too, whatever the room.
  CREATE TABLE placed (
    place INTEGER PRIMARY KEY,
    room INTEGER NOT NULL AS (place >> 32),
    "offset" INTEGER NOT NULL AS (place & 4294967295),
    sent_at INTEGER NOT NULL,
    sender_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body BLOB NOT NULL,
    erased_at INTEGER,
    UNIQUE (message_id, sender_id, room)
  ) STRICT;
  `)
    // Dropping a full table would copy all of it to the folder for temporary files.
    inBatches(
      db.prepare(`
        INSERT INTO placed (place, sent_at, sender_id, message_id, body, erased_at)
        SELECT room << 32 | "offset", sent_at, sender_id, message_id, body, erased_at FROM message
        ORDER BY room, "offset" LIMIT ?`),
      db.prepare(
        'DELETE FROM message WHERE (room, "offset") IN (SELECT room, "offset" FROM message ORDER BY room, "offset" LIMIT ?)',
      ),
    )
    db.exec(/* sql */ `
  DROP TABLE message;
  ALTER TABLE placed RENAME TO message;
  `)
  },
  sql(/* sql */ `
  -- What names are compared by leaves out more of what nobody sees. Of two that are the same now the one that has the key keeps it.
  UPDATE OR IGNORE person SET name_key = name_key(name);
  `),
  sql(/* sql */ `
  -- sent_at is what the clock said, and runs back where the clock was set back. reached_at is the latest time up to the message, where
  -- that is another one, so that the first message of a time or later is still found by halving. room.last_sent_at is that time, too.
  ALTER TABLE message ADD COLUMN reached_at INTEGER;
  `),
  sql(/* sql */ `
  -- made_by is the person who made the room, null for guests; made_from the address (of IPv6 its /64) that they came from. Quotas count them.
  -- A room with deleted_at is gone for everybody; its row stays until its messages are off the disk, so that no new room gets its keys.
  ALTER TABLE room ADD COLUMN made_by TEXT;
  ALTER TABLE room ADD COLUMN made_from TEXT;
  ALTER TABLE room ADD COLUMN deleted_at INTEGER;
  UPDATE room SET made_by =
    (SELECT person_id FROM standing WHERE standing.room = room.room AND standing = 'owner' ORDER BY person_id LIMIT 1);
  `),
  sql(/* sql */ `
  -- What a message says about an earlier one of its room. place and target are the keys of the two. A relation goes with its message; that
  -- its target may go before it does no harm.
  CREATE TABLE relation (
    place INTEGER PRIMARY KEY,
    target INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sender_id TEXT NOT NULL
  ) STRICT;
  CREATE INDEX relation_of_target ON relation (target, kind, sender_id);

  -- Deletions were the only ones so far. The bytes are looked for first, so that few messages are parsed.
  WITH said AS MATERIALIZED (
    SELECT place, room, sender_id, CAST(body AS TEXT) AS body FROM message
    WHERE instr(body, CAST('"type":"DELETE"' AS BLOB)) > 0 AND json_valid(CAST(body AS TEXT))
  )
  INSERT INTO relation (place, target, kind, sender_id)
  SELECT max(said.place), erased.place, 'delete', said.sender_id
  FROM said JOIN message AS erased ON erased.place = (said.room << 32 | (said.body ->> 'targetOffset'))
  WHERE said.body ->> 'type' = 'DELETE' AND erased.room = said.room AND erased.erased_at IS NOT NULL
    AND erased.message_id = said.body ->> 'target'
  GROUP BY erased.place;
  `),
  sql(/* sql */ `
  -- Files, whose bytes are in the folder beside the database. sha256 and type are known once a file is whole; message_id and offset
  -- name the message that it belongs to.
  CREATE TABLE file (
    file_id TEXT PRIMARY KEY,
    room_id TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    sha256 TEXT,
    type TEXT,
    message_id TEXT,
    "offset" INTEGER
  ) STRICT, WITHOUT ROWID;
  `),
]
