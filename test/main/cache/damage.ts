/** Damages a database file in the ways that disks, programs and people do; `seed` chooses where. */
import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

const pageSize = 4096

/** @returns a function that gives whole numbers from 0 below `limit`, the same ones for the same seed (mulberry32). */
export const randomFrom = (seed: number): ((limit: number) => number) => {
  let state = seed
  return limit => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

const change = (file: string, work: (bytes: Buffer) => void): void => {
  const bytes = readFileSync(file)
  work(bytes)
  writeFileSync(file, bytes)
}

const rootPageOf = (file: string, name: string): number => {
  const db = new Database(file, { readonly: true })
  try {
    return Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name))
  } finally {
    db.close()
  }
}

type Random = ReturnType<typeof randomFrom>

export const damages = {
  truncated: (file, random) => truncateSync(file, 1 + random(readFileSync(file).length - 1)),
  'zeroed pages': (file, random) =>
    change(file, bytes => {
      const first = 1 + random(bytes.length / pageSize - 1)
      bytes.fill(0, first * pageSize, (first + 1 + random(8)) * pageSize)
    }),
  'garbage in the middle': (file, random) =>
    change(file, bytes => {
      const start = pageSize + random(bytes.length - pageSize)
      for (let at = start; at < Math.min(bytes.length, start + 10_000); at++) bytes[at] = random(256)
    }),
  'a flipped bit in an index': (file, random) => {
    const page = rootPageOf(file, 'place')
    change(file, bytes => {
      const at = (page - 1) * pageSize + random(pageSize)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
    })
  },
  'flipped bits anywhere': (file, random) =>
    change(file, bytes => {
      for (let n = 0; n < 20; n++) {
        const at = random(bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      }
    }),
  'a damaged schema': (file, random) =>
    change(file, bytes => {
      const at = bytes.indexOf('CREATE TABLE messages') + random(400)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
    }),
} satisfies Record<string, (file: string, random: Random) => void>

export type Damage = keyof typeof damages

/** Damages the file in one of the {@link damages}. @returns which. */
export const damage = (file: string, seed: number): Damage => {
  const names = Object.keys(damages).filter((name): name is Damage => name in damages)
  const name = names[seed % names.length] ?? 'truncated'
  damages[name](file, randomFrom(seed))
  return name
}

/** Overwrites the page that has `text`, in place, as a failing disk does. */
export const spoilPage = (file: string, text: string): void => {
  const page = Math.floor(readFileSync(file).indexOf(text) / pageSize)
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, page * pageSize)
  closeSync(handle)
}
