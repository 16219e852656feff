/** A cache that has everything that only this computer has, and what is left of it after a damage. */
import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { createCache, type CacheCalls } from '../../../main/cache/cache.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { general, home, id, kept, mine, random } from '../../shared/core/message-cache/fixtures.ts'
import { furnish } from './fixtures.ts'

export const draft = '쓰던 글'

/** Writes a cache with 2000 messages of a server's history; among them are an outbox of two and a message that failed. */
export const writeCache = (file: string): void => {
  const cache = furnish(createCache(openDatabase(file)))
  cache.savePerson({ name: '지우' })
  const history = (from: number) =>
    cache.storeMessages(Array.from({ length: 1000 }, (_, n) => kept(`m${from + n}`, from + n, from + n)))
  history(0)
  cache.markRead(general, id('m999'))
  cache.queueMessage(mine('queued', 5000))
  cache.queueMessage(mine('sent', 5001, { room: random }))
  cache.setDelivery(random, id('sent'), 'sent')
  cache.queueMessage(mine('failed', 5002))
  cache.setDelivery(general, id('failed'), 'failed', { code: 'not-allowed' })
  history(1000)
  cache.saveDraft(general, draft)
  cache.close()
}

export interface Left {
  person: string | undefined
  drafts: string[]
  outbox: string[]
}

const orElse = <Value>(work: () => Value, otherwise: Value): Value => {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** @returns what SQLite itself still reads of a damaged file, row by row: the least that has to be saved. */
export const readableIn = (file: string): Left => {
  const copy = `${file}.looked-at`
  copyFileSync(file, copy)
  const db = orElse(() => new Database(copy, { readonly: true }), null)
  const read = (sql: string, ...given: string[]): string[] =>
    orElse(
      () =>
        db
          ?.prepare<string[], string>(sql)
          .pluck()
          .all(...given) ?? [],
      [],
    )
  const inRoom = `FROM messages NOT INDEXED JOIN rooms ON rooms.id = messages.room JOIN servers ON servers.id = rooms.server_id`
  try {
    return {
      person: read('SELECT name FROM person')[0],
      drafts: read(`SELECT draft FROM rooms NOT INDEXED WHERE draft <> ''`),
      outbox: ['queued', 'sent'].flatMap(name =>
        read(`SELECT messages.id ${inRoom} WHERE messages.delivery = ? ORDER BY seq`, name),
      ),
    }
  } finally {
    db?.close()
  }
}

/** @returns what a cache has of the same. */
export const leftIn = (cache: CacheCalls): Left => {
  const { person, rooms } = cache.load()
  return {
    person: person?.name,
    drafts: rooms.map(room => room.draft).filter(text => text !== ''),
    outbox: cache.listOutbox(home).map(({ message }) => message.id),
  }
}
