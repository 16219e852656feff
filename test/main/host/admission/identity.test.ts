import { expect, onTestFinished, test } from 'vitest'
import type { Admission, Principal } from '../../../../main/broker/options/hooks.ts'
import { openHistory } from '../../../../main/host/history/history.ts'
import { createIdentity } from '../../../../main/host/admission/identity.ts'
import { makePasscode } from '../../../../main/host/admission/passcode.ts'
import { silentLog } from '../../broker/log.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { features } from '../../../../shared/protocol/features.ts'

const start = (passcode: string | null = null, folder = temporaryFolder(), maxNames = Infinity) => {
  const clock = { now: 1_000_000, elapsed: 0 }
  const history = openHistory({ folder, keepFree: 0, now: () => clock.now, log: silentLog })
  onTestFinished(() => history.close())
  const local: string[] = []
  const owners: string[] = []
  const identity = createIdentity({
    history,
    passcode,
    hostName: '지우의 상자',
    maxNames,
    now: () => clock.now,
    elapsed: () => clock.elapsed,
    hostOwners: () => owners,
    onLocal: personId => local.push(personId),
    onClaimed: () => undefined,
  })
  const connect = (given: {
    login?: string
    passcode?: string
    deviceKey?: string
    address?: string
    loopback?: boolean
  }): Admission =>
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

test('a device key claims a name, and is known again after a restart', () => {
  const first = start()
  const ada = principal(first.connect({ login: ' Ada ', deviceKey: adasKey }))
  expect(ada.name).toBe('Ada')
  expect(first.connect({ login: 'Ada', deviceKey: adasKey })).toMatchObject({
    ok: true,
    principal: ada,
    headers: { 'person-id': ada.id, 'host-name': '지우의 상자', features: features.join(',') },
  })
  first.history.close()
  const second = start(null, first.folder)
  expect(principal(second.connect({ login: 'Ada', deviceKey: adasKey }))).toEqual(ada)
})

test('who comes from the computer itself and can be known again is told', () => {
  const { connect, local } = start()
  connect({ login: 'Eve', deviceKey: bobsKey })
  connect({ login: 'Guest', loopback: true })
  const ada = principal(connect({ login: 'Ada', deviceKey: adasKey, loopback: true }))
  expect(local).toEqual([ada.id])
})

test('nobody else can take a claimed name, however it is spelled', () => {
  const { connect } = start()
  connect({ login: 'Ada', deviceKey: adasKey })
  expect(code(connect({ login: 'ada', deviceKey: bobsKey }))).toBe('name-taken')
  for (const login of ['ＡＤＡ', 'Ada\u3164', 'A\u00adda', '\u2800Ada'])
    expect(code(connect({ login })), login).toBe('name-taken')
  connect({ login: '지우', deviceKey: 'jiu-device-key-0123456789' })
  for (const login of ['ㅈㅣㅇㅜ', '지우'.normalize('NFD'), '지\u200d우'])
    expect(code(connect({ login, deviceKey: bobsKey })), login).toBe('name-taken')
  expect(code(connect({ login: 'Bob', deviceKey: bobsKey }))).toBe('admitted')
})

test('a person may change the name, and stays the same person', () => {
  const { connect } = start()
  const ada = principal(connect({ login: 'Ada', deviceKey: adasKey }))
  expect(principal(connect({ login: 'Ada L.', deviceKey: adasKey }))).toEqual({ id: ada.id, name: 'Ada L.' })
  expect(code(connect({ login: 'Ada', deviceKey: bobsKey }))).toBe('admitted')
  expect(code(connect({ login: 'Ada', deviceKey: adasKey }))).toBe('name-taken')
  expect(principal(connect({ login: 'ADA L.', deviceKey: adasKey })).name).toBe('ADA L.')
})

const newKey = 'new-device-key-0123456789'
const twoPeople = () => {
  const host = start()
  const ada = principal(host.connect({ login: 'Ada', deviceKey: adasKey }))
  const bob = principal(host.connect({ login: 'Bob', deviceKey: bobsKey }))
  return { ...host, ada, bob }
}

test('the owner who runs the host comes in with another key, and the lost one is nobody’s', () => {
  const { identity, connect, owners, ada, bob } = twoPeople()
  owners.push(bob.id, ada.id)
  expect(code(connect({ login: 'Ada', deviceKey: newKey, loopback: true }))).toBe('name-taken')
  expect(identity.introduce({ name: 'ada', deviceKey: newKey })).toBe(ada.id)
  expect(principal(connect({ login: 'Ada', deviceKey: newKey }))).toEqual(ada)
  expect(code(connect({ login: 'Ada', deviceKey: adasKey }))).toBe('name-taken')
  expect(principal(connect({ login: 'Bob', deviceKey: bobsKey }))).toEqual(bob)
})

test('the only owner is the one who runs the host, whatever they are called now', () => {
  const { identity, connect, owners, ada } = twoPeople()
  owners.push(ada.id)
  expect(identity.introduce({ name: 'Ada L.', deviceKey: newKey })).toBe(ada.id)
  expect(principal(connect({ login: 'Ada L.', deviceKey: newKey }))).toEqual({ id: ada.id, name: 'Ada L.' })
})

test.each<[string, string, string, ('ada' | 'bob')[]]>([
  ['a known key', 'Ada', bobsKey, ['ada']],
  ['the name of somebody who is no owner', 'Bob', newKey, ['ada']],
  ['a name that none of several owners has', 'Eve', newKey, ['ada', 'bob']],
  ['a host without owners', 'Ada', newKey, []],
])('%s gives nobody another key', (_what, name, deviceKey, called) => {
  const { identity, connect, owners, ...people } = twoPeople()
  owners.push(...called.map(each => people[each].id))
  expect(identity.introduce({ name, deviceKey })).toBeNull()
  expect(principal(connect({ login: 'Ada', deviceKey: adasKey }))).toEqual(people.ada)
  expect(principal(connect({ login: 'Bob', deviceKey: bobsKey }))).toEqual(people.bob)
})

test('of a device key only the hash is kept', () => {
  const { connect, folder, history } = start()
  connect({ login: 'Ada', deviceKey: adasKey })
  history.close()
  const again = openHistory({ folder, keepFree: 0, now: Date.now, log: silentLog })
  onTestFinished(() => again.close())
  expect(JSON.stringify(again.people.byName('ada'))).not.toContain(adasKey)
  expect(again.people.byDevice(Buffer.from(adasKey))).toBeUndefined()
})

test('a guest has an id for one connection, and a name if none is told', () => {
  const { connect } = start()
  const [one, two] = [principal(connect({ login: 'A' })), principal(connect({ login: 'A' }))]
  expect(one.name).toBe('A')
  expect(one.id).not.toBe(two.id)
  expect(principal(connect({})).name).toMatch(/^guest-[a-z2-9]{6}$/)
})

test.each([
  ['an empty name', { login: ' ' }],
  ['a name that is too long', { login: 'x'.repeat(65) }],
  ['a name with a line break', { login: 'a\nb' }],
  ['a device key without a name', { deviceKey: adasKey }],
  ['a device key that can be guessed', { login: 'Ada', deviceKey: 'short' }],
  ['a device key without end', { login: 'Ada', deviceKey: 'x'.repeat(257) }],
])('%s is refused', (_what, given) => {
  expect(code(start().connect(given))).toBe('input-invalid')
})

test('the passcode is asked for where one is set, and may change', () => {
  const { connect, identity } = start('7K3M-Q01T-2BVN-H4DR')
  expect(code(connect({ login: 'A' }))).toBe('passcode-wrong')
  expect(code(connect({ login: 'A', passcode: 'wrong' }))).toBe('passcode-wrong')
  expect(code(connect({ login: 'A', passcode: '7k3m q01t 2bvn h4dr' }))).toBe('admitted')
  identity.setPasscode('another one')
  expect(code(connect({ login: 'A', passcode: '7K3M-Q01T-2BVN-H4DR' }))).toBe('passcode-wrong')
  identity.setPasscode(null)
  expect(code(connect({ login: 'A' }))).toBe('admitted')
})

test('a stranger who guesses has to wait, even with the right passcode; others do not', () => {
  const { clock, connect } = start('right')
  for (let tries = 0; tries < 5; tries += 1) connect({ login: 'A', passcode: 'wrong' })
  const waiting = connect({ login: 'A', passcode: 'right' })
  expect(waiting).toMatchObject({
    ok: false,
    refusal: { headers: { code: 'too-many-attempts', 'retry-after': '1' } },
  })
  expect(code(connect({ login: 'B', passcode: 'right', address: '192.168.0.22' }))).toBe('admitted')
  // Whoever sets the computer's clock back makes nobody wait longer.
  clock.now -= 3_600_000
  clock.elapsed += 1_000
  expect(code(connect({ login: 'A', passcode: 'right' }))).toBe('admitted')
})

test('guesses at one address keep strangers there waiting, and no known person', () => {
  const { connect } = start('a chosen passcode')
  connect({ login: 'Ada', deviceKey: adasKey, passcode: 'a chosen passcode' })
  for (let tries = 0; tries < 8; tries += 1) connect({ login: 'A', passcode: 'wrong' })
  expect(code(connect({ login: 'B', passcode: 'a chosen passcode' }))).toBe('too-many-attempts')
  expect(code(connect({ login: 'Bob', deviceKey: bobsKey, passcode: 'a chosen passcode' }))).toBe(
    'too-many-attempts',
  )
  expect(code(connect({ login: 'Ada', deviceKey: adasKey, passcode: 'a chosen passcode' }))).toBe('admitted')
  for (let tries = 0; tries < 5; tries += 1)
    expect(code(connect({ login: 'Ada', deviceKey: adasKey, passcode: 'wrong' }))).toBe('passcode-wrong')
  expect(code(connect({ login: 'Ada', deviceKey: adasKey, passcode: 'wrong' }))).toBe('too-many-attempts')
})

test('nobody waits for a made passcode, which nobody can guess', () => {
  const passcode = makePasscode()
  const { connect } = start(passcode)
  for (let tries = 0; tries < 500; tries += 1)
    expect(code(connect({ login: 'A', passcode: makePasscode() }))).toBe('passcode-wrong')
  expect(code(connect({ login: 'B', passcode: passcode.toLowerCase() }))).toBe('admitted')
})

test('asking without a passcode is no guess', () => {
  const { connect } = start('right')
  for (let tries = 0; tries < 20; tries += 1) connect({ login: 'A' })
  expect(code(connect({ login: 'A', passcode: 'right' }))).toBe('admitted')
})

test('a name that could not be stored is not claimed', () => {
  const { connect, history } = start()
  history.close()
  expect(code(connect({ login: 'Ada', deviceKey: adasKey }))).toBe('cache-failed')
})

test('a class claims its names at once; who goes on has to wait, as who takes name after name', () => {
  const { clock, connect } = start()
  const claim = (n: number, given: Parameters<typeof connect>[0] = {}) =>
    connect({ login: `name ${n}`, deviceKey: `device-key-of-number-${n}`, ...given })
  for (let n = 0; n < 60; n += 1) expect(code(claim(n))).toBe('admitted')
  expect(claim(60)).toMatchObject({
    ok: false,
    refusal: { headers: { code: 'too-many-names', 'retry-after': '30' } },
  })
  expect(code(claim(0, { login: 'another name' }))).toBe('too-many-names')
  // Who is known comes in; so do guests, others, and this computer itself.
  expect(code(claim(0))).toBe('admitted')
  expect(code(connect({ login: 'guest' }))).toBe('admitted')
  expect(code(claim(60, { address: '192.168.0.22' }))).toBe('admitted')
  expect(code(claim(61, { address: '127.0.0.1', loopback: true }))).toBe('admitted')
  clock.elapsed += 30_000
  expect(code(claim(62))).toBe('admitted')
  expect(code(claim(63))).toBe('too-many-names')
})

test('a host knows as many people as it may, and those go on', () => {
  const { connect } = start(null, temporaryFolder(), 2)
  connect({ login: 'Ada', deviceKey: adasKey })
  connect({ login: 'Bob', deviceKey: bobsKey })
  const eve = { login: 'Eve', deviceKey: 'eve-device-key-0123456789' }
  expect(code(connect(eve))).toBe('too-many-names')
  expect(code(connect({ ...eve, address: '127.0.0.1', loopback: true }))).toBe('too-many-names')
  expect(code(connect({ login: 'Eve' }))).toBe('admitted')
  expect(code(connect({ login: 'Ada L.', deviceKey: adasKey }))).toBe('admitted')
})
