import { expect, test } from 'vitest'
import { versions } from '../../../../shared/stomp/frame.ts'
import { startBroker } from '../fixture.ts'

test('each subscriber gets a message once, under its own subscription id', async () => {
  const { connect } = startBroker()
  const [ada, ben, eve] = [await connect(), await connect(), await connect()]
  ada.send('SUBSCRIBE', { id: 'mine', destination: '/topic/a' })
  ben.send('SUBSCRIBE', { id: '0', destination: '/topic/a' })
  ben.send('SUBSCRIBE', { id: '1', destination: '/topic/a' })
  eve.send('SUBSCRIBE', { id: '0', destination: '/topic/b' })
  ada.send(
    'SEND',
    { destination: '/topic/a', receipt: 'r', 'x-colour': 'red', 'message-id': 'forged' },
    '안녕',
  )
  await ada.receipt('r')
  const message = await ada.waitFor('MESSAGE')
  expect(message).toMatchObject({
    headers: { subscription: 'mine', destination: '/topic/a', 'x-colour': 'red', 'content-length': '6' },
    body: '안녕',
  })
  expect(message.headers['message-id']).not.toBe('forged')
  expect(message.headers).not.toHaveProperty('receipt')
  await ben.waitFor('MESSAGE')
  const seen = ben.frames.slice(1)
  expect(seen.map(({ headers }) => headers.subscription)).toEqual(['0', '1'])
  expect(new Set(seen.map(({ headers }) => headers['message-id'])).size).toBe(1)
  expect(eve.frames).toHaveLength(1)
})

test('the messages of one tick are sent in one write, in order across destinations', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben] = [await connect(), await connect()]
  for (const peer of [ada, ben])
    for (const name of ['a', 'b']) peer.send('SUBSCRIBE', { id: name, destination: `/topic/${name}` })
  ada.writes = ben.writes = 0
  for (const [index, name] of ['a', 'a', 'b', 'a', 'b', 'b'].entries())
    broker.publish(`/topic/${name}`, { body: String(index) })
  ada.send('SEND', { destination: '/topic/a', receipt: 'r' }, '6')
  broker.publish('/topic/a', { body: '7' })
  await ada.receipt('r')
  await expect.poll(() => ben.bodies.length).toBe(8)
  expect([ada.bodies.join(''), ben.bodies.join('')]).toEqual(['01234567', '01234567'])
  expect(ada.frames.map(({ command }) => command)).toEqual([
    'CONNECTED',
    ...Array<string>(7).fill('MESSAGE'),
    'RECEIPT',
    'MESSAGE',
  ])
  expect([ada.writes, ben.writes]).toEqual([1, 1])
})

test('a subscriber that comes or goes within a tick gets what was published meanwhile', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben, eve] = [await connect(), await connect(), await connect()]
  for (const peer of [ada, ben]) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  broker.publish('/topic/a', { body: '1' })
  eve.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  broker.publish('/topic/a', { body: '2' })
  ben.send('UNSUBSCRIBE', { id: 's', receipt: 'gone' })
  broker.publish('/topic/a', { body: '3' })
  await ben.receipt('gone')
  await expect.poll(() => ada.bodies).toEqual(['1', '2', '3'])
  expect([ben.bodies, eve.bodies]).toEqual([
    ['1', '2'],
    ['2', '3'],
  ])
})

test('a disconnected peer leaves nothing behind', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben] = [await connect(), await connect()]
  for (const peer of [ada, ben]) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  ben.leave()
  broker.publish('/topic/a', { body: 'x' })
  await ada.waitFor('MESSAGE')
  expect(ben.bodies).toEqual([])
  expect(broker.clients()).toHaveLength(1)
})

test('peers of each version get its escapes', async () => {
  const { connect } = startBroker()
  const peers = [await connect({}, '1.2'), await connect({}, '1.1'), await connect({}, '1.0')]
  for (const peer of peers) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  peers[0]?.send('SEND', { destination: '/topic/a', nick: 'a\\nb\\cc' })
  const nicks = []
  for (const peer of peers) nicks.push((await peer.waitFor('MESSAGE')).headers.nick)
  expect(nicks).toEqual(['a\nb:c', 'a\nb:c', 'a b:c'])
})

test.each([
  ' content-length:1',
  'content-length\\c1:',
  'content-length\\n:1',
  ' subscription:x',
  ' redelivered:true',
])('a header %j is not mistaken for one of the broker, by peers of any version', async header => {
  const { connect } = startBroker()
  const peers = [await connect({}, '1.2'), await connect({}, '1.1'), await connect({}, '1.0')]
  for (const peer of peers) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  const body = 'x\0MESSAGE\nsubscription:s\nmessage-id:1\ndestination:/topic/admin\n\nforged'
  peers[0]?.give(`SEND\ndestination:/topic/a\ncontent-length:${body.length}\n${header}\n\n${body}\0`)
  for (const peer of peers) {
    await peer.waitFor('MESSAGE')
    expect(peer.bodies).toEqual([body])
    const names = Object.keys(peer.frames.at(-1)?.headers ?? {}).map(name => name.trim())
    expect(names).toEqual(expect.not.arrayContaining(['redelivered']))
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
  }
})

test('1.0 subscribes without an id, and unsubscribes by destination', async () => {
  const { connect, broker } = startBroker()
  const peer = await connect({}, '1.0')
  peer.send('SUBSCRIBE', { destination: '/topic/a', receipt: '1' })
  broker.publish('/topic/a', { body: 'x' })
  expect((await peer.waitFor('MESSAGE')).headers).not.toHaveProperty('subscription')
  peer.send('UNSUBSCRIBE', { destination: '/topic/a', receipt: '2' })
  broker.publish('/topic/a', { body: 'y' })
  await peer.receipt('2')
  expect(peer.bodies).toEqual(['x'])
})

test.each(versions)('an empty id is an id in %s, as in RabbitMQ and ActiveMQ', async version => {
  const { connect, broker } = startBroker()
  const peer = await connect({}, version)
  peer.send('SUBSCRIBE', { id: '', destination: '/topic/a' })
  broker.publish('/topic/a', { body: 'x' })
  expect((await peer.waitFor('MESSAGE')).headers.subscription).toBe('')
  peer.send('UNSUBSCRIBE', { id: '', receipt: 'ended' })
  await peer.receipt('ended')
})

test('1.0 distinguishes an empty id from a missing one', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben] = [await connect({}, '1.0'), await connect({}, '1.0')]
  ada.send('SUBSCRIBE', { destination: '/topic/a' })
  ben.send('SUBSCRIBE', { id: '', destination: '/topic/a' })
  broker.publish('/topic/a', { body: 'x' })
  expect((await ada.waitFor('MESSAGE')).headers).not.toHaveProperty('subscription')
  expect((await ben.waitFor('MESSAGE')).headers.subscription).toBe('')
})

test.each([
  ['SUBSCRIBE', { destination: '/topic/a' }, 'Missing header id'],
  ['SUBSCRIBE', { id: '1' }, 'Missing header destination'],
  ['SUBSCRIBE', { id: 'taken', destination: '/topic/b' }, 'Subscription exists'],
  ['SUBSCRIBE', { id: '1', destination: '/nowhere' }, 'Unknown destination'],
  ['SUBSCRIBE', { id: '1', destination: '/topic/a', ack: 'sometimes' }, 'Unknown ack mode'],
  ['UNSUBSCRIBE', { id: 'none' }, 'No such subscription'],
  ['SEND', {}, 'Missing header destination'],
  ['SEND', { destination: '/topic/' }, 'Unknown destination'],
  ['SEND', { destination: '/user/queue/errors' }, 'Not allowed'],
  ['SEND', { destination: '/app/x' }, 'Unknown destination'],
])('%s %j ends in an ERROR: %s', async (command, headers, message) => {
  const { connect } = startBroker()
  const [peer, other] = [await connect(), await connect()]
  for (const each of [peer, other]) each.send('SUBSCRIBE', { id: 'taken', destination: '/topic/a' })
  peer.send(command, { ...headers, receipt: 'r-1' })
  const error = await peer.waitFor('ERROR')
  expect(error.headers).toMatchObject({
    message,
    'receipt-id': 'r-1',
    'content-length': String(Buffer.byteLength(error.body)),
  })
  expect(error.body.length).toBeGreaterThan(20)
  expect([peer.ended, other.ended]).toEqual([1002, null])
  peer.send('SEND', { destination: '/topic/a' }, 'after the end')
  other.send('SEND', { destination: '/topic/a', receipt: 'r-2' }, 'going on')
  await other.receipt('r-2')
  expect(other.bodies).toEqual(['going on'])
})

test.each([
  ['255 characters', 'x'.repeat(255 - '/topic/'.length)],
  ['32 words', Array.from({ length: 32 }, () => 'a').join('.')],
])('a destination is limited to %s', async (_, longest) => {
  const { connect } = startBroker()
  for (const command of ['SEND', 'SUBSCRIBE']) {
    const peer = await connect()
    const more = longest.includes('.') ? '.a' : 'x'
    peer.send(command, { id: '1', destination: `/topic/${longest}`, receipt: 'taken' })
    await peer.receipt('taken')
    peer.send(command, { id: '2', destination: `/topic/${longest}${more}` })
    expect((await peer.waitFor('ERROR')).headers.message).toBe('Destination too long')
  }
})

test('a connection has a limited number of subscriptions', async () => {
  const { connect } = startBroker({}, { limits: { subscriptions: 3 } })
  const peer = await connect()
  for (const id of ['1', '2', '3']) peer.send('SUBSCRIBE', { id, destination: '/topic/a', receipt: id })
  await peer.receipt('3')
  peer.send('UNSUBSCRIBE', { id: '2' })
  peer.send('SUBSCRIBE', { id: '4', destination: '/topic/a', receipt: '4' })
  await peer.receipt('4')
  peer.send('SUBSCRIBE', { id: '5', destination: '/topic/a' })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too many subscriptions')
})

test('DISCONNECT is confirmed when all earlier frames are done, and closes', async () => {
  let finish = (): void => undefined
  const { connect } = startBroker({ handleSend: () => new Promise<void>(resolve => (finish = resolve)) })
  const peer = await connect()
  peer.send('SEND', { destination: '/app/slow', receipt: 'slow' })
  peer.send('DISCONNECT', { receipt: 'bye' })
  peer.send('SEND', { destination: '/topic/a', receipt: 'too late' })
  expect(peer.ended).toBeNull()
  finish()
  await peer.receipt('bye')
  expect(peer.frames.slice(1).map(({ headers }) => headers['receipt-id'])).toEqual(['slow', 'bye'])
  expect(peer.ended).toBe(1000)
})

test('closing tells all peers the reason', async () => {
  const { broker, connect, open } = startBroker()
  const peer = await connect()
  await broker.close({ message: 'The host is shutting down', headers: { code: 'host-stopped' } })
  expect(await peer.waitFor('ERROR')).toMatchObject({
    headers: { message: 'The host is shutting down', code: 'host-stopped' },
  })
  expect(peer.ended).toBe(1001)
  expect(open().ended).toBe(1001)
})
