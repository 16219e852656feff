/** Who has claimed which name, in the host's database. */
import type { Database } from 'better-sqlite3'

/** Somebody whom the host knows again by a device key. */
export interface KnownPerson {
  personId: string
  name: string
  /** What names are compared by. */
  nameKey: string
}

export interface PersonTable {
  byId(personId: string): KnownPerson | undefined
  /** Looks for the hash, not for the key: what the search's time tells of hashes is of no use to who can't choose them. */
  byDevice(deviceHash: Uint8Array): KnownPerson | undefined
  byName(nameKey: string): KnownPerson | undefined
  /** @returns how many there are. */
  count(): number
  /** @param at milliseconds since the epoch. */
  insert(person: KnownPerson, deviceHash: Uint8Array, at: number): void
  /** Gives a known person another name; the old one is free then. */
  rename(person: KnownPerson): void
  /** Gives a person another device key; the old one is nobody's then. */
  giveKey(personId: string, deviceHash: Uint8Array): void
  /** Frees a person's name for whoever claims it next: the person itself, too. What they have said and are stays theirs. */
  freeName(personId: string): void
}

const columns = 'person_id AS personId, name, name_key AS nameKey'

export const openPeople = (database: Database): PersonTable => {
  const byId = database.prepare<[string], KnownPerson>(`SELECT ${columns} FROM person WHERE person_id = ?`)
  const byDevice = database.prepare<[Uint8Array], KnownPerson>(
    `SELECT ${columns} FROM person WHERE device_hash = ?`,
  )
  const byName = database.prepare<[string], KnownPerson>(`SELECT ${columns} FROM person WHERE name_key = ?`)
  const count = database.prepare<[], number>('SELECT count(*) FROM person').pluck()
  const insert = database.prepare<[string, string, string, Uint8Array, number]>(
    'INSERT INTO person (person_id, name, name_key, device_hash, claimed_at) VALUES (?, ?, ?, ?, ?)',
  )
  const rename = database.prepare<[string, string, string]>(
    'UPDATE person SET name = ?, name_key = ? WHERE person_id = ?',
  )
  const giveKey = database.prepare<[Uint8Array, string]>(
    'UPDATE person SET device_hash = ? WHERE person_id = ?',
  )
  // No name has a control character, so that nothing compares with it.
  const freeName = database.prepare<[string]>(
    'UPDATE person SET name_key = char(0) || person_id WHERE person_id = ?',
  )
  return {
    byId: personId => byId.get(personId),
    byDevice: deviceHash => byDevice.get(deviceHash),
    byName: nameKey => byName.get(nameKey),
    count: () => count.get() ?? 0,
    insert: ({ personId, name, nameKey }, deviceHash, at) =>
      void insert.run(personId, name, nameKey, deviceHash, at),
    giveKey: (personId, deviceHash) => void giveKey.run(deviceHash, personId),
    freeName: personId => void freeName.run(personId),
    rename: ({ personId, name, nameKey }) => void rename.run(name, nameKey, personId),
  }
}
