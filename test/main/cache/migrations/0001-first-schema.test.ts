import { expect, test } from 'vitest'
import { versionOf } from '../../../../main/sqlite/migrate.ts'
import { firstSchema } from '../../../../main/cache/migrations/0001-first-schema.ts'
import { newFile, openHere } from '../fixtures.ts'

test('makes the first schema out of nothing', () => {
  const db = openHere(newFile(), [firstSchema])
  expect(versionOf(db)).toBe(1)
  const schema = db
    .prepare<[], string>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search_%' ORDER BY name`,
    )
    .pluck()
    .all()
  expect(schema.join(';\n').replaceAll(/^ {4}/gm, '')).toMatchSnapshot()
})

test('every table of ours is strict', () => {
  const loose = openHere(newFile(), [firstSchema])
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name <> 'sqlite_schema'`,
    )
    .all()
  expect(loose).toEqual([])
})
