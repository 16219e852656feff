import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { startFresh, fileToPutAside } from '../../../main/app/start-fresh.ts'
import { openEngine } from '../../../main/app/engine.ts'
import { startPatiently, type StartAnswer } from '../../../main/app/starting.ts'
import { createTexts } from '../../../main/desktop/texts.ts'
import type { AppError } from '../../../shared/contract/errors.ts'
import { collectLog } from '../collect-log.ts'
import { plainSeal } from '../plain-seal.ts'
import { until } from '../../shared/core/until.ts'

const source = (path: string) => new URL(`../../../main/${path}`, import.meta.url)
const workers = {
  cache: source('cache/worker.ts'),
  host: source('host/thread/worker.ts'),
  hostLog: source('host/history/worker.ts'),
}
const { log } = collectLog()
const newFolder = () => mkdtemp(join(tmpdir(), 'starting-'))

const open = async (folder: string) => {
  const texts = createTexts('en')
  const engine = await openEngine({ folder, workers, seal: plainSeal, texts, log, version: '1' })
  let closed: Promise<void> | undefined
  const close = () =>
    (closed ??= (async () => {
      for (const { run } of engine.shutdown) await run()
    })())
  onTestFinished(close)
  return { engine, close }
}

/** Starts with somebody who gives these answers. @returns the engine, and what was asked. */
const startWith = async (folder: string, answers: StartAnswer[]) => {
  const asked: AppError[] = []
  const started = await startPatiently({
    open: () => open(folder),
    ask: error => {
      asked.push(error)
      return Promise.resolve(answers[asked.length - 1] ?? 'quit')
    },
    startFresh: error => startFresh(error, log),
    log,
  })
  return { started, codes: asked.map(({ code }) => code) }
}

test('a damaged cache is recovered without a question', async () => {
  const folder = await newFolder()
  const file = join(folder, 'cache.db')
  const { engine, close } = await open(folder)
  await engine.messenger.commands.setPerson({ name: '지우' })
  await engine.host.update({ port: 0 })
  const state = await engine.host.start()
  if (state.phase !== 'on') throw new Error(state.phase)
  const room = await until(() => {
    const [room] = engine.messenger.state().rooms
    if (!room) throw new Error('no room yet')
    return room
  })
  await engine.messenger.commands.saveDraft({ room: room.key, text: '쓰던 글' })
  await close()
  const damaged = await readFile(file)
  // The first page of a table: the search index, of which nothing here is needed.
  const db = new Database(file, { readonly: true })
  const page = db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'search_data'`).pluck().get()
  db.close()
  damaged.fill(0xa5, (Number(page) - 1) * 4096, Number(page) * 4096)
  await writeFile(file, damaged)

  const { started, codes } = await startWith(folder, [])
  expect(codes).toEqual([])
  expect(started?.engine.messenger.state()).toMatchObject({
    person: { name: '지우' },
    rooms: [{ key: room.key, draft: '쓰던 글' }],
  })
  const recovery = started?.engine.recovery.current
  expect(recovery).toMatchObject({ drafts: 1 })
  expect((await readFile(recovery?.aside ?? '')).equals(damaged)).toBe(true)
  expect(await readdir(folder)).not.toContain('cache.db.new')
})

test('damaged credentials are put aside when the person says so', async () => {
  const folder = await newFolder()
  const file = join(folder, 'credentials.json')
  await writeFile(file, '{"sealed":')
  const { started, codes } = await startWith(folder, ['fresh'])
  expect(codes).toEqual(['file-broken'])
  expect(started).not.toBeNull()
  expect(await readFile(`${file}.broken`, 'utf8')).toBe('{"sealed":')
})

test('a file that another program has open is waited for without a question', async () => {
  const folder = await newFolder()
  await (await open(folder)).close()
  const other = new Database(join(folder, 'cache.db'))
  other.exec('BEGIN EXCLUSIVE')
  let tries = 0
  const started = await startPatiently({
    open: () => {
      if (++tries === 2) other.close()
      return open(folder)
    },
    ask: ({ code }) => Promise.reject(new Error(code)),
    startFresh: () => Promise.resolve(),
    log,
  })
  expect(started).not.toBeNull()
})

test('quitting leaves everything as it is; only what is damaged may be put aside', async () => {
  const folder = await newFolder()
  const file = join(folder, 'credentials.json')
  await writeFile(file, 'no credentials')
  const { started } = await startWith(folder, ['quit'])
  expect(started).toBeNull()
  expect(await readFile(file, 'utf8')).toBe('no credentials')
  for (const code of [
    'cache-corrupt',
    'cache-newer',
    'cache-locked',
    'disk-full',
    'file-unreadable',
  ] as const)
    expect(fileToPutAside({ code, params: { file } })).toBeNull()
})
