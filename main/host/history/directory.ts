/** The directory in the host's database. */
import type { Database } from 'better-sqlite3'
import { toFailure } from '../../sqlite/failures.ts'
import type { Directory } from '../ports/directory.ts'
import { openPeople } from './people.ts'
import { openRooms } from './rooms.ts'

export const openDirectory = (database: Database): Directory => {
  const rooms = openRooms(database)
  const people = openPeople(database)
  /** Wraps SQLite's synchronous answer in a promise. */
  const answer = <Answer>(ask: () => Answer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      try {
        resolve(ask())
      } catch (thrown) {
        reject(toFailure(thrown, database.name))
      }
    })

  return {
    read: () => answer(() => ({ rooms: rooms.list(), standings: rooms.standings(), people: people.list() })),
    addRoom: (...room) => answer(() => rooms.addRoom(...room)),
    changeRoom: (...room) => answer(() => rooms.changeRoom(...room)),
    removeRoom: (...room) => answer(() => rooms.removeRoom(...room)),
    setStanding: (...standing) => answer(() => rooms.setStanding(...standing)),
    answerTo: request => answer(() => rooms.answerTo(request)),
    addPerson: (...person) => answer(() => people.addPerson(...person)),
    renamePerson: person => answer(() => people.renamePerson(person)),
    giveKey: (...key) => answer(() => people.giveKey(...key)),
    freeName: personId => answer(() => people.freeName(personId)),
  }
}
