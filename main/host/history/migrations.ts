/**
 * The shape of the host's database. Each entry takes it from the version before (`user_version`) to the next; never changed afterwards.
 * `name_key` is {@link import('../../../shared/text/fold.ts').nameKey}.
 */
export const migrations: readonly string[] = [
  /* sql */ `
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
  `,
  /* sql */ `
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
  `,
  /* sql */ `
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
  INSERT INTO placed (place, sent_at, sender_id, message_id, body, erased_at)
    SELECT room << 32 | "offset", sent_at, sender_id, message_id, body, erased_at FROM message ORDER BY room, "offset";
  DROP TABLE message;
  ALTER TABLE placed RENAME TO message;
  `,
  /* sql */ `
  -- What names are compared by leaves out more of what nobody sees. Of two that are the same now the one that has the key keeps it.
  UPDATE OR IGNORE person SET name_key = name_key(name);
  `,
  /* sql */ `
  -- sent_at is what the clock said, and runs back where the clock was set back. reached_at is the latest time up to the message, where
  -- that is another one, so that the first message of a time or later is still found by halving. room.last_sent_at is that time, too.
  ALTER TABLE message ADD COLUMN reached_at INTEGER;
  `,
]
