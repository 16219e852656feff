import { readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { rescueCache } from '../../../main/cache/rescue.ts'
import { general, home, id, kept, live, random, server } from '../../shared/core/message-cache/fixtures.ts'
import { furnish, newFile, openHere } from './fixtures.ts'

const own = (name: string, t: number, room = general) => live(name, t, { own: true, room, extra: '{"a":1}' })

/** A cache with a long history, and in the midst of it what only this computer has. */
const writtenFile = (): string => {
  const file = newFile()
  const cache = furnish(createCache(openDatabase(file)))
  cache.savePerson({ name: '지우' })
  const history = (from: number) =>
    cache.storeMessages(Array.from({ length: 1000 }, (_, n) => kept(`m${from + n}`, from + n, from + n)))
  history(0)
  cache.queueMessage(own('queued', 5000))
  cache.queueMessage(own('sent', 5001, random))
  cache.setDelivery(random, id('sent'), 'sent')
  cache.queueMessage(own('failed', 5002))
  cache.setDelivery(general, id('failed'), 'failed', { code: 'not-allowed' })
  cache.queueMessage(own('confirmed', 5003))
  cache.setDelivery(general, id('confirmed'), 'confirmed')
  history(1000)
  cache.saveDraft(general, '쓰던 글')
  cache.close()
  return file
}

/** What is in a cache that only this computer has. */
const rescued = (file: string) => {
  const cache = createCache(openHere(rescueCache(file)))
  const { person, servers, rooms } = cache.load()
  const messages = rooms.flatMap(({ key }) => cache.listMessages({ room: key, limit: 200 }).messages)
  return {
    person: person?.name,
    servers,
    drafts: rooms.map(({ draft }) => draft),
    unread: rooms.map(({ unread }) => unread),
    outbox: cache.listOutbox(home).map(({ message, attempts }) => [message.id, message.delivery, attempts]),
    failures: messages.flatMap(({ failure }) => failure ?? []),
    messages: messages.length,
  }
}

const everything = {
  person: '지우',
  servers: [server(home)],
  drafts: ['쓰던 글', ''],
  unread: [0, 0],
  outbox: [
    ['queued', 'queued', 0],
    ['sent', 'sent', 1],
  ],
  failures: [{ code: 'not-allowed' }],
  messages: 3,
}

test('what was not sent and what was being written is taken over; what servers have is not', () => {
  const file = writtenFile()
  const before = readFileSync(file)
  expect(rescued(file)).toEqual(everything)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a damaged page costs no more than itself', () => {
  const file = writtenFile()
  const good = readFileSync(file)
  const pages = good.length / 4096
  const sample = Array.from({ length: 16 }, (_, n) => 1 + Math.floor((n * (pages - 1)) / 16))
  const outcomes = sample.map(page => {
    const damaged = Buffer.from(good)
    damaged.fill(0xa5, page * 4096, page * 4096 + 4096)
    writeFileSync(file, damaged)
    const outcome = rescued(file)
    expect(readFileSync(file).equals(damaged)).toBe(true)
    return outcome
  })
  const whole = outcomes.filter(outcome => isDeepStrictEqual(outcome, everything))
  expect(whole.length).toBeGreaterThan(sample.length * 0.7)
})

test.each(['', 'no database '.repeat(1000)])(
  'a file of which nothing can be read gives an empty cache',
  text => {
    const file = newFile()
    writeFileSync(file, text)
    expect(rescued(file)).toMatchObject({ servers: [], drafts: [], outbox: [] })
  },
)
