import type { Person } from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'

/** The person of this installation: one row, none before the first run. */
export const createPerson = (db: WritableDatabase) => {
  const select = db.prepare<[], Person>('SELECT name FROM person')
  const upsert = db.prepare<[string]>(
    'INSERT INTO person (id, name) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
  )
  return {
    get: (): Person | null => select.get() ?? null,
    save: ({ name }: Person): void => {
      upsert.run(name)
    },
  }
}
