/** The shape of the host's database. Each entry takes it from the version before (`user_version`) to the next; never changed afterwards. */
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
]
