/** The known people in the host's database. */
import type { Database } from 'better-sqlite3'
import type { Directory, DirectoryContent } from '../ports/directory.ts'

/** The synchronous form of methods of a {@link Directory}. */
export type AtOnce<Method extends keyof Directory> = {
  [Each in Method]: (...args: Parameters<Directory[Each]>) => Awaited<ReturnType<Directory[Each]>>
}

interface PersonTable extends AtOnce<'addPerson' | 'renamePerson' | 'giveKey' | 'freeName'> {
  list(): DirectoryContent['people']
}

export const openPeople = (database: Database): PersonTable => {
  // The column is unique and not null, so a freed name gets a key that no name can have: names have no control
  // characters.
  const list = database.prepare<[], DirectoryContent['people'][number]>(
    `SELECT person_id AS personId, name, iif(name_key = char(0) || person_id, NULL, name_key) AS nameKey, device_hash AS deviceHash
     FROM person`,
  )
  const insert = database.prepare<[string, string, string, Uint8Array, number]>(
    'INSERT INTO person (person_id, name, name_key, device_hash, claimed_at) VALUES (?, ?, ?, ?, ?)',
  )
  const rename = database.prepare<[string, string, string]>(
    'UPDATE person SET name = ?, name_key = ? WHERE person_id = ?',
  )
  const giveKey = database.prepare<[Uint8Array, string]>(
    'UPDATE person SET device_hash = ? WHERE person_id = ?',
  )
  const freeName = database.prepare<[string]>(
    'UPDATE person SET name_key = char(0) || person_id WHERE person_id = ?',
  )
  return {
    list: () => list.all(),
    addPerson: ({ personId, name, nameKey }, deviceHash, at) =>
      void insert.run(personId, name, nameKey, deviceHash, at),
    renamePerson: ({ personId, name, nameKey }) => void rename.run(name, nameKey, personId),
    giveKey: (personId, deviceHash) => void giveKey.run(deviceHash, personId),
    freeName: personId => void freeName.run(personId),
  }
}
