import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Advertised } from '../../../main/host/network/advertise.ts'
import { interfaceOf, lanAddresses, stompUrl } from '../../../main/host/network/addresses.ts'
import { openAppState } from '../../../main/files/app-state.ts'
import { EmbeddedHost, type EmbeddedHostPorts } from '../../../main/app/embedded-host.ts'
import { openSettings } from '../../../main/files/settings.ts'
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import type { HostGuest, HostSettings, HostState } from '../../../shared/contract/model.ts'
import { collectLog } from '../collect-log.ts'
import { aServer } from '../../shared/contract/examples.ts'

const fingerprint = '0f'.repeat(32)

/** The port that the system chooses where it may. */
const chosenPort = 49_200

type Open = EmbeddedHostPorts['open']

/** @returns an `open` that fails where `fails` says so. */
const openUnless =
  (fails: (options: Parameters<Open>[0]) => boolean, failure: Failure): Open =>
  options =>
    fails(options)
      ? Promise.reject(failure)
      : Promise.resolve({
          port: options.port || chosenPort,
          ws: '',
          tcp: null,
          fingerprint: null,
          people: () => [],
          onPeopleChanged: () => () => undefined,
          onMeasured: () => () => undefined,
          setPasscode: () => Promise.resolve(),
          introduce: () => Promise.resolve(),
          stop: () => Promise.resolve(),
        })

/** The embedded host over a thread that can be made to fail; the real one is tested with the engine. */
const hostOf = async (given: Partial<EmbeddedHostPorts> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-host-'))
  const { log } = collectLog()
  const done: string[] = []
  const states: HostState[] = []
  const advertised: (Advertised | null)[] = []
  const opened: Record<string, unknown>[] = []
  const secrets = new Map<string, string | null>()
  const settings = await openSettings(folder, log)
  let fail: (error: AppError) => void = () => undefined
  let tellPeople: (people: HostGuest[]) => void = () => undefined
  const host = new EmbeddedHost({
    open: ({ port, name, tls, allowedHosts, limits }, failed) => {
      done.push(`open ${name} ${port}`)
      opened.push({ allowedHosts, limits })
      fail = failed
      return Promise.resolve({
        port,
        ws: '',
        tcp: null,
        fingerprint: tls === undefined ? null : fingerprint,
        people: () => [],
        onPeopleChanged: listener => {
          tellPeople = listener
          return () => undefined
        },
        onMeasured: () => {
          done.push(`measure ${port}`)
          return () => done.push(`rest ${port}`)
        },
        setPasscode: () => Promise.resolve(),
        introduce: () => Promise.resolve(),
        stop: () => {
          done.push('close')
          return Promise.resolve()
        },
      })
    },
    attach: ({ url }) => {
      done.push(`attach ${url}`)
      return Promise.resolve(aServer().id)
    },
    detach: () => {
      done.push('detach')
      return Promise.resolve()
    },
    advertising: {
      change: wanted => {
        advertised.push(wanted)
        return Promise.resolve()
      },
    },
    settings,
    appState: await openAppState(folder, log),
    secrets: {
      get: key => Promise.resolve(secrets.get(key) ?? null),
      set: (key, value) => {
        secrets.set(key, value)
        return Promise.resolve()
      },
    },
    usualName: () => 'Ada’s box',
    changed: state => states.push(state),
    measured: () => undefined,
    log,
    ...given,
  })
  return {
    host,
    settings,
    done,
    states,
    advertised,
    opened,
    fail: (error: AppError) => fail(error),
    people: (list: HostGuest[]) => tellPeople(list),
  }
}
/** Starts it with these settings. */
const begin = async (host: EmbeddedHost, change: Partial<HostSettings>): Promise<HostState> => {
  await host.update(change)
  return host.state.phase === 'on' ? host.state : host.start()
}
const phases = (states: HostState[]) => states.map(({ phase }) => phase)

test('one thing is done after the other, whoever asks meanwhile', async () => {
  const { host, done, states } = await hostOf()
  await host.update({ port: 7001 })
  await Promise.all([host.start(), host.update({ port: 7002 }), host.stop()])
  expect(done).toEqual([
    'open Ada’s box 7001',
    'attach ws://127.0.0.1:7001/stomp',
    'close',
    'open Ada’s box 7002',
    'attach ws://127.0.0.1:7002/stomp',
    'close',
    'detach',
  ])
  expect(phases(states)).toEqual(['starting', 'on', 'starting', 'on', 'off'])
})

test('a host that ends by itself is told, and can be started again', async () => {
  const { host, done, states, fail } = await hostOf()
  await begin(host, { port: 7001 })
  fail({ code: 'host-failed' })
  await expect.poll(() => done).toContain('detach')
  expect(host.state).toEqual({ phase: 'failed', error: { code: 'host-failed' } })
  await host.start()
  expect(phases(states)).toEqual(['starting', 'on', 'failed', 'starting', 'on'])
})

test('the end of a host that was replaced is not the end of the new one', async () => {
  const { host, states, fail } = await hostOf()
  await begin(host, { port: 7001 })
  const failFirst = fail
  await host.stop()
  failFirst({ code: 'host-failed' })
  await host.stop()
  expect(phases(states)).toEqual(['starting', 'on', 'off', 'off'])
})

test('it is measured while somebody wants it, through restarts, and rests before it ends', async () => {
  const { host, done } = await hostOf()
  const measuring = () => done.filter(what => /^(measure|rest|close)/.test(what))
  host.measure(true)
  expect(measuring()).toEqual([])
  await begin(host, { port: 7001 })
  await begin(host, { port: 7002 })
  expect(measuring()).toEqual(['measure 7001', 'rest 7001', 'close', 'measure 7002'])
  host.measure(false)
  host.measure(false)
  expect(measuring().slice(4)).toEqual(['rest 7002'])
  await begin(host, { port: 7003 })
  host.measure(true)
  await host.stop()
  expect(measuring().slice(5)).toEqual(['close', 'measure 7003', 'rest 7003', 'close'])
})

test('a host whose client can not be connected does not stay on', async () => {
  const { host, done } = await hostOf({ attach: () => Promise.reject(new Failure('disk-full')) })
  await expect(begin(host, { port: 7001 })).rejects.toMatchObject({ error: { code: 'disk-full' } })
  expect(host.state).toEqual({ phase: 'failed', error: { code: 'disk-full' } })
  expect(done).toEqual(['open Ada’s box 7001', 'close', 'detach'])
})

test('tells who comes and goes while it is on', async () => {
  const { host, people } = await hostOf()
  await begin(host, { port: 7001 })
  const ada = { personId: 'p1', name: 'Ada', address: '127.0.0.1', since: 1 }
  people([ada])
  expect(host.state).toMatchObject({ people: [ada] })
  await host.stop()
  people([])
  expect(host.state).toEqual({ phase: 'off' })
})

test('looks at its addresses again when the network has changed, and tells only of a change', async () => {
  const { host, states } = await hostOf()
  host.refresh()
  await begin(host, { port: 7001 })
  host.refresh()
  expect(phases(states)).toEqual(['starting', 'on'])
})

test('a name that was given is kept', async () => {
  const { host, done } = await hostOf()
  await begin(host, { port: 7001, name: '공방' })
  await host.start()
  expect(done.filter(each => each.startsWith('open'))).toEqual(['open 공방 7001', 'open 공방 7001'])
})

test('new settings restart it only where it is started with them, and never switch it on', async () => {
  const { host, done } = await hostOf()
  const opened = () => done.filter(each => each.startsWith('open'))
  await host.update({ port: 7001, reach: 'lan', name: '공방' })
  expect(opened()).toEqual([])
  await host.start()
  await host.update({ port: 7001, reach: 'lan', name: '공방', advertise: true, address: null })
  expect(opened()).toEqual(['open 공방 7001'])
  await host.update({ name: '작업실' })
  expect(opened()).toEqual(['open 공방 7001', 'open 작업실 7001'])
})

test('a host that could not start on its port starts on the one that is chosen instead', async () => {
  const taken = new Failure('port-in-use', { port: 7001 })
  const { host, settings } = await hostOf({ open: openUnless(({ port }) => port === 7001, taken) })
  await expect(begin(host, { port: 7001 })).rejects.toMatchObject({ error: { code: 'port-in-use' } })
  await host.update({ port: 0 })
  expect(host.state).toMatchObject({ phase: 'on', port: chosenPort })
  expect(settings.current().host.port).toBe(chosenPort)
})

test('a passcode that is set while it is off is there when it comes on', async () => {
  const { host } = await hostOf()
  await host.setPasscode('a passcode')
  expect(await begin(host, { port: 7001 })).toMatchObject({ passcode: 'a passcode' })
})

test('others come in by TLS alone, its own window needs none', async () => {
  const { host, done } = await hostOf()
  const own = 'ws://127.0.0.1:7001/stomp'
  expect(await begin(host, { port: 7001 })).toMatchObject({ fingerprint: null, urls: [own] })
  const open = await begin(host, { reach: 'lan' })
  expect(open).toMatchObject({ fingerprint, phase: 'on' })
  expect(open.phase === 'on' && open.urls[0]).toMatch(/^wss:/)
  expect(done.filter(each => each.startsWith('attach'))).toEqual([`attach ${own}`, `attach ${own}`])
})

test('the network is told of it only where that is wanted, and while it is on', async () => {
  const { host, advertised } = await hostOf()
  const told = { address: null, port: 7001, fingerprint }
  await host.update({ advertise: true })
  await begin(host, { port: 7001, reach: 'loopback' })
  expect(advertised.every(each => each === null)).toBe(true)
  await begin(host, { reach: 'lan' })
  expect(advertised.at(-1)).toEqual(told)
  await host.update({ advertise: false })
  expect(advertised.at(-1)).toBeNull()
  await host.update({ advertise: true })
  expect(advertised.at(-1)).toEqual(told)
  await host.stop()
  expect(advertised.at(-1)).toBeNull()
})

test('names and connections by address are settings that it is started with', async () => {
  const { host, opened } = await hostOf()
  await begin(host, { port: 7001, names: ['box.lan'] })
  expect(opened).toEqual([{ allowedHosts: ['box.lan'], limits: { connectionsPerAddress: 64 } }])
  await host.update({ names: ['box.lan'] })
  expect(opened).toHaveLength(1)
  await host.update({ perAddress: 100 })
  expect(opened.at(-1)).toEqual({ allowedHosts: ['box.lan'], limits: { connectionsPerAddress: 100 } })
})

test('the address that was chosen comes first while this computer has it', async () => {
  const { host, settings } = await hostOf()
  const addresses = lanAddresses().filter(each => !each.includes(':'))
  const urls = addresses.map(address => stompUrl(address, 7001, true))
  await begin(host, { port: 7001, reach: 'lan' })
  await host.update({ address: addresses.at(-1) ?? null })
  const [first = 'wss://127.0.0.1:7001/stomp'] = urls.slice(-1)
  expect(host.state).toMatchObject({ urls: [first, ...urls.slice(0, -1)] })
  const [last = null] = addresses.slice(-1)
  expect(settings.current().host.network).toBe(last && interfaceOf(last))
  await host.update({ address: '203.0.113.77' })
  expect(host.state).toMatchObject({ urls: urls.length > 0 ? urls : [first] })
})
