import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { backupOf, versionOf, type Migration } from '../../../main/sqlite/migrate.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { newFile, openHere } from '../cache/fixtures.ts'

const notes: Migration = db => db.exec(`CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT) STRICT`)
const authors: Migration = db => db.exec(`ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT '지우'`)
const broken: Migration = db => {
  db.exec(`ALTER TABLE notes ADD COLUMN half TEXT; DELETE FROM notes`)
  throw new Error('half way')
}

/** A closed file at version 1 with one note. */
const withNote = (): string => {
  const file = newFile()
  const db = openDatabase(file, [notes])
  db.exec(`INSERT INTO notes (text) VALUES ('안녕')`)
  db.close()
  return file
}

test('a new file runs all migrations, without a backup', () => {
  const file = newFile()
  const db = openHere(file, [notes, authors])
  expect(versionOf(db)).toBe(2)
  expect(db.prepare('SELECT * FROM notes').all()).toEqual([])
  expect(existsSync(backupOf(file))).toBe(false)
})

test('an older file runs the missing migrations, and keeps its content', () => {
  const db = openHere(withNote(), [notes, authors])
  expect(versionOf(db)).toBe(2)
  expect(db.prepare('SELECT text, author FROM notes').all()).toEqual([{ text: '안녕', author: '지우' }])
})

test('a current file is not changed', () => {
  const file = withNote()
  expect(versionOf(openHere(file, [notes]))).toBe(1)
  expect(existsSync(backupOf(file))).toBe(false)
})

test('a full copy of the old file stays beside it; only that of the latest upgrade', () => {
  const file = withNote()
  writeFileSync(backupOf(file), 'an older backup')
  openHere(file, [notes, authors])
  const backup = new Database(backupOf(file), { readonly: true })
  expect(backup.pragma('user_version', { simple: true })).toBe(1)
  expect(backup.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: '안녕' }])
  backup.close()
  expect(readdirSync(dirname(file)).filter(name => name.includes('partial'))).toEqual([])
})

test.each([
  [29, true],
  [31, false],
])('after %i days the copy is kept: %s', (days, kept) => {
  const file = withNote()
  openDatabase(file, [notes, authors]).close()
  const written = new Date(Date.now() - days * 24 * 60 * 60 * 1_000)
  utimesSync(backupOf(file), written, written)
  openHere(file, [notes, authors])
  expect(existsSync(backupOf(file))).toBe(kept)
})

test('a failing step leaves the previous version and the earlier steps', () => {
  const file = withNote()
  expect(() => openDatabase(file, [notes, authors, broken])).toThrow('cache-failed')
  const db = openHere(file, [notes, authors])
  expect(versionOf(db)).toBe(2)
  expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ id: 1, text: '안녕', author: '지우' }])
})

test('a table can be rebuilt despite references, but none may be left broken', () => {
  const links: Migration = db =>
    db.exec(
      `CREATE TABLE links (note INTEGER REFERENCES notes (id) ON DELETE CASCADE); INSERT INTO links VALUES (1)`,
    )
  const rebuild: Migration = db =>
    db.exec(`
      CREATE TABLE fresh (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
      INSERT INTO fresh SELECT * FROM notes; DROP TABLE notes; ALTER TABLE fresh RENAME TO notes`)
  const cutOff: Migration = db => db.exec('DELETE FROM notes')
  const file = withNote()
  const db = openDatabase(file, [notes, links, rebuild])
  expect(db.prepare('SELECT * FROM links').all()).toEqual([{ note: 1 }])
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  db.close()
  expect(() => openDatabase(file, [notes, links, rebuild, cutOff])).toThrow('cache-failed')
  expect(versionOf(openHere(file, [notes, links, rebuild]))).toBe(3)
})
