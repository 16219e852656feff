import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { openEngine, type Engine } from '../../../main/app/engine.ts'
import { lanAddresses } from '../../../main/host/network/addresses.ts'
import { createTexts } from '../../../main/desktop/texts.ts'
import type { AppEvent } from '../../../shared/contract/api.ts'
import type { HostSettings, HostState } from '../../../shared/contract/model.ts'
import { collectLog } from '../collect-log.ts'
import { spoilPage } from '../cache/damage.ts'
import { plainSeal } from '../plain-seal.ts'
import { until } from '../../shared/core/until.ts'

const source = (path: string) => new URL(`../../../main/${path}`, import.meta.url)
const workers = {
  cache: source('cache/worker.ts'),
  host: source('host/thread/worker.ts'),
  hostLog: source('host/history/worker.ts'),
}

// Each opens threads and real files, while other tests use the processor too.
const open: Engine[] = []
const shutDown = async (engine: Engine): Promise<void> => {
  open.splice(open.indexOf(engine), 1)
  for (const { run } of engine.shutdown) await run()
}
afterEach(async () => {
  for (const engine of open.slice()) await shutDown(engine)
})

const newFolder = () => mkdtemp(join(tmpdir(), 'engine-'))
const start = async (folder: string, seal = plainSeal) => {
  const events: AppEvent[] = []
  const engine = await openEngine({
    folder,
    workers,
    seal,
    texts: createTexts('ko'),
    log: collectLog().log,
    version: '1.2.3',
  })
  engine.onEvents(happened => events.push(...happened))
  open.push(engine)
  return { engine, events }
}
const phase = ({ host }: Engine): HostState['phase'] => host.state.phase
const roomsOf = ({ messenger }: Engine) => messenger.state().rooms
const online = (engine: Engine) =>
  until(() => {
    const [room] = roomsOf(engine)
    if (!room) throw new Error('no room yet')
    return room
  })

/** Starts the host with these settings. */
const begin = async ({ host }: Engine, change: Partial<HostSettings>): Promise<HostState> => {
  await host.update(change)
  return host.state.phase === 'on' ? host.state : host.start()
}

/** Somebody else's program on a port of its own. */
const occupyPort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

test('hosts a chat, connects to it like everybody else, and has it all again at the next start', async () => {
  const folder = await newFolder()
  const { engine, events } = await start(folder)
  await engine.messenger.commands.setPerson({ name: '지우' })
  const state = await begin(engine, { port: 0 })
  if (state.phase !== 'on') throw new Error(state.phase)
  expect(state).toMatchObject({
    reach: 'loopback',
    passcode: null,
    urls: [`ws://127.0.0.1:${state.port}/stomp`],
  })
  expect(engine.settings.current().host).toMatchObject({
    name: '지우님의 서버',
    port: state.port,
    reach: 'loopback',
  })
  expect(events.filter(({ name }) => name === 'hostChanged').length).toBeGreaterThan(1)

  const room = await online(engine)
  expect(room.name).toBe('로비')
  const id = await engine.messenger.commands.sendMessage({ room: room.key, content: '안녕' })
  const list = () => engine.messenger.commands.listMessages({ room: room.key, limit: 50 })
  await expect.poll(async () => (await list()).messages).toMatchObject([{ id, delivery: 'confirmed' }])
  await expect
    .poll(() => engine.host.state)
    .toMatchObject({ people: [{ name: '지우', address: '127.0.0.1' }] })
  engine.host.measure(true)
  await expect
    .poll(() => events.at(-1))
    .toMatchObject({ name: 'hostMeasured', payload: { messages: 1, rooms: [{ name: '로비' }] } })
  await shutDown(engine)

  const { engine: again } = await start(folder)
  expect(phase(again)).toBe('off')
  await again.host.resume()
  expect(phase(again)).toBe('on')
  expect(roomsOf(again).map(({ key }) => key)).toEqual([room.key])
  expect((await again.messenger.commands.listMessages({ room: room.key, limit: 50 })).messages).toHaveLength(
    1,
  )
})

test('a host that was switched off stays off', async () => {
  const folder = await newFolder()
  const { engine } = await start(folder)
  await engine.messenger.commands.setPerson({ name: 'A' })
  await begin(engine, { port: 0 })
  await engine.host.stop()
  expect(phase(engine)).toBe('off')
  await shutDown(engine)
  const { engine: again } = await start(folder)
  await again.host.resume()
  expect(phase(again)).toBe('off')
})

test('a port that is taken is told, and another one does', async () => {
  const { engine } = await start(await newFolder())
  await engine.messenger.commands.setPerson({ name: 'A' })
  const { server, port } = await occupyPort()
  const error = { code: 'port-in-use', params: { port } }
  await expect(begin(engine, { port })).rejects.toMatchObject({ error })
  expect(engine.host.state).toMatchObject({ phase: 'failed', error })
  await expect(begin(engine, { port: 0 })).resolves.toMatchObject({ phase: 'on' })
  server.close()
})

test('on the network it has a passcode, which can be changed while it runs', async () => {
  const folder = await newFolder()
  const { engine } = await start(folder)
  await engine.messenger.commands.setPerson({ name: 'A' })
  const state = await begin(engine, { port: 0, reach: 'lan', name: 'Workshop' })
  if (state.phase !== 'on') throw new Error(state.phase)
  expect(state.passcode).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  expect(state.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  await online(engine)

  await engine.host.setPasscode('our own passcode')
  expect(engine.host.state).toMatchObject({ phase: 'on', passcode: 'our own passcode' })
  await engine.host.setPasscode(null)
  const made = engine.host.state
  if (made.phase !== 'on') throw new Error(made.phase)
  expect(made.passcode).toMatch(/^([0-9A-Z]{4}-){3}/)
  expect(made.passcode).not.toBe(state.passcode)
  expect(await readFile(join(folder, 'credentials.json'), 'utf8')).not.toContain(made.passcode)

  // Anew with the same passcode and certificate, and its own client gets in.
  const { passcode, fingerprint } = made
  expect(await engine.host.start()).toMatchObject({ phase: 'on', passcode, fingerprint })
  const { serverId } = made
  await expect.poll(() => engine.messenger.state().connections[serverId]?.phase).toBe('online')
})

test('a key ring that is locked for one start costs neither the passcode nor the owner’s name', async () => {
  const folder = await newFolder()
  const { engine } = await start(folder)
  await engine.messenger.commands.setPerson({ name: 'A' })
  const first = await begin(engine, { port: 0, reach: 'lan' })
  await online(engine)
  await shutDown(engine)
  const file = join(folder, 'credentials.json')
  const kept = await readFile(file, 'utf8')

  const locked = { ...plainSeal, decryptStringAsync: () => Promise.reject(new Error('locked')) }
  const { engine: second } = await start(folder, locked)
  await expect(second.host.start()).rejects.toThrow('secrets-locked')
  expect(second.host.state).toMatchObject({ phase: 'failed', error: { code: 'secrets-locked' } })
  await shutDown(second)
  expect(await readFile(file, 'utf8')).toBe(kept)

  const { engine: third } = await start(folder)
  if (first.phase !== 'on') throw new Error(first.phase)
  const { passcode, serverId } = first
  expect(await third.host.start()).toMatchObject({ phase: 'on', passcode, serverId })
  await expect.poll(() => third.messenger.state().connections[serverId]?.phase).toBe('online')
})

/** @returns who one is at the own host, and what. */
const standingOf = async (engine: Engine) => {
  const { key } = await online(engine)
  let role: string | undefined
  engine.messenger.onEvents(events => {
    for (const event of events) if (event.name === 'membersChanged') role = event.payload.members?.role
  })
  engine.messenger.watch(engine, [{ room: key, level: 'open' }])
  return until(() => {
    const state = engine.host.state
    const [person] = state.phase === 'on' ? state.people : []
    if (!person || !role) throw new Error('not told yet')
    return { name: person.name, personId: person.personId, role }
  })
}

test.each([
  ['the credentials', ['credentials.json']],
  ['all but the data of the host', ['credentials.json', 'cache.db', 'cache.db-wal', 'cache.db-shm']],
])('the owner comes in at their own box after %s are lost', async (_what, lost) => {
  const folder = await newFolder()
  const { engine } = await start(folder)
  await engine.messenger.commands.setPerson({ name: '지우' })
  await begin(engine, { port: 0, reach: 'lan' })
  const before = await standingOf(engine)
  expect(before).toMatchObject({ name: '지우', role: 'owner' })
  await shutDown(engine)
  for (const file of lost) await rm(join(folder, file), { force: true })

  const { engine: again } = await start(folder)
  await again.messenger.commands.setPerson({ name: '지우' })
  await again.host.start()
  expect(await standingOf(again)).toEqual(before)
})

test('a key that the person makes anew is known at the own box at once', async () => {
  const folder = await newFolder()
  const { engine } = await start(folder)
  await engine.messenger.commands.setPerson({ name: '지우' })
  await begin(engine, { port: 0 })
  const before = await standingOf(engine)
  await shutDown(engine)

  const unreadable = { ...plainSeal, decryptStringAsync: () => Promise.reject(new Error('unreadable')) }
  const { engine: again } = await start(folder, unreadable)
  const state = await again.host.start()
  if (state.phase !== 'on') throw new Error(state.phase)
  const { serverId: id } = state
  const connection = () => again.messenger.state().connections[id]
  await expect.poll(connection).toMatchObject({ error: { code: 'secrets-locked' } })
  await again.messenger.commands.renewSecrets({ id })
  await expect.poll(connection).toMatchObject({ phase: 'online' })
  expect(await standingOf(again)).toEqual(before)
})

test('the own box is opened, and not added, by every address of this computer and by its invitation', async () => {
  const { engine } = await start(await newFolder())
  const { commands, state } = engine.messenger
  await commands.setPerson({ name: '지우' })
  const host = await begin(engine, { port: 0, reach: 'lan' })
  if (host.phase !== 'on') throw new Error(host.phase)
  await online(engine)
  const { port, serverId, fingerprint } = host
  const add = (url: string, pin: string | null = null) =>
    commands.addServer({ name: 'Box', url, fingerprint: pin, passcode: null })

  const ours = ['127.0.0.1', '[::1]', ...lanAddresses().filter(address => !address.includes(':'))]
  for (const name of ['localhost', 'LOCALHOST.', hostname(), ...ours]) {
    const url = await commands.findServer({ url: `${name}:${port}`, fingerprint: null })
    expect(await add(url), name).toMatchObject({ id: serverId, own: true })
  }
  expect(await add(`wss://localhost:${port}/stomp`)).toMatchObject({ id: serverId })
  expect(await add('wss://192.0.2.1:7070/stomp', fingerprint)).toMatchObject({ id: serverId })
  expect(state().servers).toHaveLength(1)

  expect(await add(`wss://localhost:${port}/stomp`, '0f'.repeat(32))).toMatchObject({ own: false })
  await engine.host.stop()
  expect(await add(`ws://localhost:${port}/stomp`)).toMatchObject({ own: false })
})

test('a cache that can’t be used is left as it is, and the sentence is in the language that was set', async () => {
  const folder = await newFolder()
  const { engine } = await start(folder)
  await shutDown(engine)
  const file = join(folder, 'cache.db')
  const db = new Database(file)
  db.pragma('user_version = 999')
  db.close()
  const content = await readFile(file)
  await writeFile(join(folder, 'settings.json'), '{"language":"en"}')
  const texts = createTexts('ko')
  const { log } = collectLog()
  const opening = openEngine({
    folder,
    workers,
    seal: plainSeal,
    texts,
    log,
    version: '1',
  })
  await expect(opening).rejects.toMatchObject({ error: { code: 'cache-newer', params: { file } } })
  expect((await readFile(file)).equals(content)).toBe(true)
  expect(texts.explain({ code: 'cache-newer', params: { file } })).toContain('newer version')
})

test('a cache that is found damaged while it is in use is recovered, and the server sends the rest again', async () => {
  const folder = await newFolder()
  const file = join(folder, 'cache.db')
  const { engine } = await start(folder)
  await engine.messenger.commands.setPerson({ name: '지우' })
  await begin(engine, { port: 0 })
  const { key: room } = await online(engine)
  const said = Array.from({ length: 300 }, (_, n) => `message number ${n}`)
  for (const content of said) await engine.messenger.commands.sendMessage({ room, content })
  const list = async (from: Engine) =>
    (await from.messenger.commands.listMessages({ room, limit: 200 })).messages
  await expect.poll(async () => (await list(engine)).at(-1)).toMatchObject({ delivery: 'confirmed' })
  await shutDown(engine)

  const { engine: again, events } = await start(folder)
  let outdated = 0
  again.onOutdated(() => outdated++)
  spoilPage(file, 'message number 200')
  await list(again)
  await expect.poll(() => outdated).toBe(1)
  expect(again.recovery.current).toMatchObject({ drafts: 0, unsent: 0 })
  expect(events.filter(({ name }) => name === 'recoveryChanged')).toHaveLength(1)
  await again.host.start()
  await expect.poll(async () => (await list(again)).map(({ content }) => content)).toEqual(said.slice(-200))
  await shutDown(again)

  const { engine: third } = await start(folder)
  expect(third.recovery.current).not.toBeNull()
  third.recovery.dismiss()
  await expect.poll(async () => readFile(join(folder, 'state.json'), 'utf8')).toContain('"recovery": null')
})

test('changed settings are told, with the language of the texts', async () => {
  const { engine, events } = await start(await newFolder())
  await engine.settings.update({ language: 'en' })
  expect(events.at(-1)).toMatchObject({ name: 'settingsChanged', payload: { language: 'en' } })
})
