import { expect, onTestFinished, test } from 'vitest'
import type { Admission, Principal } from '../../../../main/broker/options/hooks.ts'
import { openHistory } from '../../../../main/host/history/history.ts'
import { Turns } from '../../../../main/host/limits/turns.ts'
import { KnownPeople } from '../../../../main/host/rooms/known-people.ts'
import { Identity } from '../../../../main/host/admission/identity.ts'
import { makePasscode } from '../../../../main/host/admission/passcode.ts'
import { silentLog } from '../../broker/log.ts'
import { logWorker } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { features } from '../../../../shared/protocol/features.ts'

const start = async (passcode: string | null = null, folder = temporaryFolder(), maxNames = Infinity) => {
  const clock = { now: 1_000_000, elapsed: 0 }
  const history = openHistory({ folder, keepFree: 0, logWorker, log: silentLog })
  onTestFinished(() => history.close())
  const local: string[] = []
  const owners: string[] = []
  const known = new KnownPeople(history.directory, (await history.directory.read()).people)
  const identity = new Identity({
    known,
    turns: new Turns(),
    failure: thrown => history.failure(thrown),
    passcode,
    hostName: '지우의 상자',
    maxNames,
    now: () => clock.now,
    elapsed: () => clock.elapsed,
    hostOwners: () => owners,
    onLocal: personId => Promise.resolve(void local.push(personId)),
    onClaimed: () => undefined,
  })
  const connect = (given: {
    login?: string
    passcode?: string
    deviceKey?: string
    address?: string
    loopback?: boolean
  }): Promise<Admission> =>
    identity.admit({
      login: given.login,
      passcode: given.passcode,
      headers: new Map(given.deviceKey === undefined ? [] : [['device-key', given.deviceKey]]),
      address: given.address ?? '192.168.0.21',
      loopback: given.loopback ?? false,
    })
  return { clock, history, folder, identity, connect, local, owners }
}

const adasKey = 'ada-device-key-0123456789'
const bobsKey = 'bob-device-key-0123456789'

const principal = (admission: Admission): Principal => {
  if (admission.ok) return admission.principal
  throw new Error(admission.refusal.message)
}
const code = (admission: Admission) => (admission.ok ? 'admitted' : admission.refusal.headers?.code)

test('a device key claims a name, and is recognised after a restart', async () => {
  const first = await start()
  const ada = principal(await first.connect({ login: ' Ada ', deviceKey: adasKey }))
  expect(ada.name).toBe('Ada')
  expect(await first.connect({ login: 'Ada', deviceKey: adasKey })).toMatchObject({
    ok: true,
    principal: ada,
    headers: { 'person-id': ada.id, 'host-name': '지우의 상자', features: features.join(',') },
  })
  await first.history.close()
  const second = await start(null, first.folder)
  expect(principal(await second.connect({ login: 'Ada', deviceKey: adasKey }))).toEqual(ada)
})

test('a person with a device key who connects from this computer is reported', async () => {
  const { connect, local } = await start()
  await connect({ login: 'Eve', deviceKey: bobsKey })
  await connect({ login: 'Guest', loopback: true })
  const ada = principal(await connect({ login: 'Ada', deviceKey: adasKey, loopback: true }))
  expect(local).toEqual([ada.id])
})

test('no other person can take a claimed name, however it is spelled', async () => {
  const { connect } = await start()
  await connect({ login: 'Ada', deviceKey: adasKey })
  expect(code(await connect({ login: 'ada', deviceKey: bobsKey }))).toBe('name-taken')
  for (const login of ['ＡＤＡ', 'Ada\u3164', 'A\u00adda', '\u2800Ada'])
    expect(code(await connect({ login })), login).toBe('name-taken')
  await connect({ login: '지우', deviceKey: 'jiu-device-key-0123456789' })
  for (const login of ['ㅈㅣㅇㅜ', '지우'.normalize('NFD'), '지\u200d우'])
    expect(code(await connect({ login, deviceKey: bobsKey })), login).toBe('name-taken')
  expect(code(await connect({ login: 'Bob', deviceKey: bobsKey }))).toBe('admitted')
})

test('a person may change their name, and stays the same person', async () => {
  const { connect } = await start()
  const ada = principal(await connect({ login: 'Ada', deviceKey: adasKey }))
  expect(principal(await connect({ login: 'Ada L.', deviceKey: adasKey }))).toEqual({
    id: ada.id,
    name: 'Ada L.',
  })
  expect(code(await connect({ login: 'Ada', deviceKey: bobsKey }))).toBe('admitted')
  expect(code(await connect({ login: 'Ada', deviceKey: adasKey }))).toBe('name-taken')
  expect(principal(await connect({ login: 'ADA L.', deviceKey: adasKey })).name).toBe('ADA L.')
})

const newKey = 'new-device-key-0123456789'
const twoPeople = async () => {
  const host = await start()
  const ada = principal(await host.connect({ login: 'Ada', deviceKey: adasKey }))
  const bob = principal(await host.connect({ login: 'Bob', deviceKey: bobsKey }))
  return { ...host, ada, bob }
}

test('the owner who runs the host gets a new key, and the lost one is invalid', async () => {
  const { identity, connect, owners, ada, bob } = await twoPeople()
  owners.push(bob.id, ada.id)
  expect(code(await connect({ login: 'Ada', deviceKey: newKey, loopback: true }))).toBe('name-taken')
  expect(await identity.introduce({ name: 'ada', deviceKey: newKey })).toBe(ada.id)
  expect(principal(await connect({ login: 'Ada', deviceKey: newKey }))).toEqual(ada)
  expect(code(await connect({ login: 'Ada', deviceKey: adasKey }))).toBe('name-taken')
  expect(principal(await connect({ login: 'Bob', deviceKey: bobsKey }))).toEqual(bob)
})

test('the only owner is the person who runs the host, whatever their name is now', async () => {
  const { identity, connect, owners, ada } = await twoPeople()
  owners.push(ada.id)
  expect(await identity.introduce({ name: 'Ada L.', deviceKey: newKey })).toBe(ada.id)
  expect(principal(await connect({ login: 'Ada L.', deviceKey: newKey }))).toEqual({
    id: ada.id,
    name: 'Ada L.',
  })
})

test.each<[string, string, string, ('ada' | 'bob')[]]>([
  ['a known key', 'Ada', bobsKey, ['ada']],
  ['the name of somebody who is no owner', 'Bob', newKey, ['ada']],
  ['a name that none of several owners has', 'Eve', newKey, ['ada', 'bob']],
  ['a host without owners', 'Ada', newKey, []],
])('%s assigns the key to nobody', async (_what, name, deviceKey, called) => {
  const { identity, connect, owners, ...people } = await twoPeople()
  owners.push(...called.map(each => people[each].id))
  expect(await identity.introduce({ name, deviceKey })).toBeNull()
  expect(principal(await connect({ login: 'Ada', deviceKey: adasKey }))).toEqual(people.ada)
  expect(principal(await connect({ login: 'Bob', deviceKey: bobsKey }))).toEqual(people.bob)
})

test('only the hash of a device key is stored', async () => {
  const { connect, folder, history } = await start()
  await connect({ login: 'Ada', deviceKey: adasKey })
  await history.close()
  const again = openHistory({ folder, keepFree: 0, logWorker, log: silentLog })
  onTestFinished(() => again.close())
  const { people } = await again.directory.read()
  expect(people).toMatchObject([{ name: 'Ada' }])
  expect(people.map(({ deviceHash }) => Buffer.from(deviceHash).toString())).not.toContain(adasKey)
  expect(JSON.stringify(people)).not.toContain(adasKey)
})

test('a guest has an id for one connection, and gets a name if none is given', async () => {
  const { connect } = await start()
  const [one, two] = [principal(await connect({ login: 'A' })), principal(await connect({ login: 'A' }))]
  expect(one.name).toBe('A')
  expect(one.id).not.toBe(two.id)
  expect(principal(await connect({})).name).toMatch(/^guest-[a-z2-9]{6}$/)
})

test.each([
  ['an empty name', { login: ' ' }],
  ['a name that is too long', { login: 'x'.repeat(65) }],
  ['a name with a line break', { login: 'a\nb' }],
  ['a device key without a name', { deviceKey: adasKey }],
  ['a device key that can be guessed', { login: 'Ada', deviceKey: 'short' }],
  ['a device key without end', { login: 'Ada', deviceKey: 'x'.repeat(257) }],
])('%s is refused', async (_what, given) => {
  expect(code(await (await start()).connect(given))).toBe('input-invalid')
})

test('the passcode is required if one is set, and may change', async () => {
  const { connect, identity } = await start('7K3M-Q01T-2BVN-H4DR')
  expect(code(await connect({ login: 'A' }))).toBe('passcode-wrong')
  expect(code(await connect({ login: 'A', passcode: 'wrong' }))).toBe('passcode-wrong')
  expect(code(await connect({ login: 'A', passcode: '7k3m q01t 2bvn h4dr' }))).toBe('admitted')
  identity.setPasscode('another one')
  expect(code(await connect({ login: 'A', passcode: '7K3M-Q01T-2BVN-H4DR' }))).toBe('passcode-wrong')
  identity.setPasscode(null)
  expect(code(await connect({ login: 'A' }))).toBe('admitted')
})

test('a stranger who guesses has to wait, even with the right passcode; others do not', async () => {
  const { clock, connect } = await start('right')
  for (let tries = 0; tries < 5; tries += 1) await connect({ login: 'A', passcode: 'wrong' })
  const waiting = await connect({ login: 'A', passcode: 'right' })
  expect(waiting).toMatchObject({
    ok: false,
    refusal: { headers: { code: 'too-many-attempts', 'retry-after': '1' } },
  })
  expect(code(await connect({ login: 'B', passcode: 'right', address: '192.168.0.22' }))).toBe('admitted')
  // Whoever sets the computer's clock back makes nobody wait longer.
  clock.now -= 3_600_000
  clock.elapsed += 1_000
  expect(code(await connect({ login: 'A', passcode: 'right' }))).toBe('admitted')
})

test('wrong guesses from one address delay strangers there, but no known person', async () => {
  const { connect } = await start('a chosen passcode')
  await connect({ login: 'Ada', deviceKey: adasKey, passcode: 'a chosen passcode' })
  for (let tries = 0; tries < 8; tries += 1) await connect({ login: 'A', passcode: 'wrong' })
  expect(code(await connect({ login: 'B', passcode: 'a chosen passcode' }))).toBe('too-many-attempts')
  expect(code(await connect({ login: 'Bob', deviceKey: bobsKey, passcode: 'a chosen passcode' }))).toBe(
    'too-many-attempts',
  )
  expect(code(await connect({ login: 'Ada', deviceKey: adasKey, passcode: 'a chosen passcode' }))).toBe(
    'admitted',
  )
  for (let tries = 0; tries < 5; tries += 1)
    expect(code(await connect({ login: 'Ada', deviceKey: adasKey, passcode: 'wrong' }))).toBe(
      'passcode-wrong',
    )
  expect(code(await connect({ login: 'Ada', deviceKey: adasKey, passcode: 'wrong' }))).toBe(
    'too-many-attempts',
  )
})

test('nobody has to wait with a generated passcode, which can’t be guessed', async () => {
  const passcode = makePasscode()
  const { connect } = await start(passcode)
  for (let tries = 0; tries < 500; tries += 1)
    expect(code(await connect({ login: 'A', passcode: makePasscode() }))).toBe('passcode-wrong')
  expect(code(await connect({ login: 'B', passcode: passcode.toLowerCase() }))).toBe('admitted')
})

test('a missing passcode does not count as a guess', async () => {
  const { connect } = await start('right')
  for (let tries = 0; tries < 20; tries += 1) await connect({ login: 'A' })
  expect(code(await connect({ login: 'A', passcode: 'right' }))).toBe('admitted')
})

test('a name that could not be stored is not claimed', async () => {
  const { connect, history } = await start()
  await history.close()
  expect(code(await connect({ login: 'Ada', deviceKey: adasKey }))).toBe('cache-failed')
})

test('a class can claim its names at once; after that an address has to wait', async () => {
  const { clock, connect } = await start()
  const claim = (n: number, given: Parameters<typeof connect>[0] = {}) =>
    connect({ login: `name ${n}`, deviceKey: `device-key-of-number-${n}`, ...given })
  for (let n = 0; n < 60; n += 1) expect(code(await claim(n))).toBe('admitted')
  expect(await claim(60)).toMatchObject({
    ok: false,
    refusal: { headers: { code: 'too-many-names', 'retry-after': '30' } },
  })
  expect(code(await claim(0, { login: 'another name' }))).toBe('too-many-names')
  // Who is known comes in; so do guests, others, and this computer itself.
  expect(code(await claim(0))).toBe('admitted')
  expect(code(await connect({ login: 'guest' }))).toBe('admitted')
  expect(code(await claim(60, { address: '192.168.0.22' }))).toBe('admitted')
  expect(code(await claim(61, { address: '127.0.0.1', loopback: true }))).toBe('admitted')
  clock.elapsed += 30_000
  expect(code(await claim(62))).toBe('admitted')
  expect(code(await claim(63))).toBe('too-many-names')
})

test('a host has a maximum of known people, who can still connect', async () => {
  const { connect } = await start(null, temporaryFolder(), 2)
  await connect({ login: 'Ada', deviceKey: adasKey })
  await connect({ login: 'Bob', deviceKey: bobsKey })
  const eve = { login: 'Eve', deviceKey: 'eve-device-key-0123456789' }
  expect(code(await connect(eve))).toBe('too-many-names')
  expect(code(await connect({ ...eve, address: '127.0.0.1', loopback: true }))).toBe('too-many-names')
  expect(code(await connect({ login: 'Eve' }))).toBe('admitted')
  expect(code(await connect({ login: 'Ada L.', deviceKey: adasKey }))).toBe('admitted')
})
