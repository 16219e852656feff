import { expect, test, vi } from 'vitest'
import { startBroker } from './fixture.ts'

test('what is sent in a transaction is published by its COMMIT, in order', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  peer.send('BEGIN', { transaction: 't' })
  peer.send('SEND', { destination: '/topic/a', transaction: 't' }, '1')
  peer.send('SEND', { destination: '/topic/a' }, 'at once')
  peer.send('SEND', { destination: '/topic/a', transaction: 't', receipt: 'taken' }, '2')
  await peer.receipt('taken')
  expect(peer.bodies).toEqual(['at once'])
  peer.send('COMMIT', { transaction: 't', receipt: 'done' })
  await peer.receipt('done')
  expect(peer.bodies).toEqual(['at once', '1', '2'])
  expect(peer.frames.filter(({ command }) => command === 'MESSAGE')[1]?.headers).not.toHaveProperty(
    'transaction',
  )
})

test('ABORT, and a connection that ends, forget it', async () => {
  const { connect } = startBroker()
  const [peer, watcher] = [await connect(), await connect()]
  watcher.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  for (const transaction of ['t', 'u']) {
    peer.send('BEGIN', { transaction })
    peer.send('SEND', { destination: '/topic/a', transaction }, transaction)
  }
  peer.send('ABORT', { transaction: 't', receipt: 'gone' })
  await peer.receipt('gone')
  peer.leave()
  watcher.send('SEND', { destination: '/topic/a' }, 'end')
  await watcher.waitFor('MESSAGE')
  expect(watcher.bodies).toEqual(['end'])
})

test('ACK and NACK wait for the COMMIT too', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', {
    id: 'q',
    destination: '/queue/a',
    ack: 'client-individual',
    'prefetch-count': '2',
  })
  for (const body of ['a', 'b', 'c']) peer.send('SEND', { destination: '/queue/a' }, body)
  await expect.poll(() => peer.bodies).toEqual(['a', 'b'])
  const [a, b] = peer.frames
    .filter(({ command }) => command === 'MESSAGE')
    .map(({ headers }) => headers.ack ?? '')
  peer.send('BEGIN', { transaction: 't' })
  peer.send('ACK', { id: a ?? '', transaction: 't' })
  peer.send('NACK', { id: b ?? '', transaction: 't', receipt: 'taken' })
  await peer.receipt('taken')
  expect(peer.bodies).toEqual(['a', 'b'])
  peer.send('COMMIT', { transaction: 't' })
  await expect.poll(() => peer.bodies.toSorted()).toEqual(['a', 'b', 'b', 'c'])
})

test('the application gets its frames at the COMMIT, whose RECEIPT waits for it', async () => {
  let finish = (): void => undefined
  const handleSend = vi.fn(() => new Promise<void>(resolve => (finish = resolve)))
  const { connect } = startBroker({ handleSend })
  const peer = await connect()
  peer.send('BEGIN', { transaction: 't' })
  peer.send('SEND', { destination: '/app/x', transaction: 't' }, 'body')
  expect(handleSend).not.toHaveBeenCalled()
  peer.send('COMMIT', { transaction: 't', receipt: 'done' })
  expect(handleSend).toHaveBeenCalledOnce()
  expect(peer.frames.some(({ command }) => command === 'RECEIPT')).toBe(false)
  finish()
  await peer.receipt('done')
})

test.each([
  ['BEGIN', { transaction: 'open' }, 'Transaction exists'],
  ['BEGIN', {}, 'Missing header transaction'],
  ['COMMIT', { transaction: 'none' }, 'No such transaction'],
  ['ABORT', { transaction: 'none' }, 'No such transaction'],
  ['SEND', { transaction: 'none', destination: '/topic/a' }, 'No such transaction'],
  ['SEND', { transaction: 'open', destination: '/nowhere' }, 'Unknown destination'],
  ['ACK', { transaction: 'open', id: '1-x' }, 'No such message'],
])('%s %j is an ERROR: %s', async (command, headers, message) => {
  const peer = await startBroker().connect()
  peer.send('BEGIN', { transaction: 'open' })
  peer.send(command, headers)
  expect((await peer.waitFor('ERROR')).headers.message).toBe(message)
})

test('a transaction is bounded in frames and bytes, a connection in transactions', async () => {
  const { connect } = startBroker(
    {},
    { limits: { transactions: 2, transactionFrames: 2, transactionBytes: 1_000 } },
  )
  const peers = [await connect(), await connect(), await connect()]
  for (const peer of peers) peer.send('BEGIN', { transaction: 't' })
  for (let n = 0; n < 3; n++) peers[0]?.send('SEND', { destination: '/topic/a', transaction: 't' })
  expect((await peers[0]?.waitFor('ERROR'))?.headers.message).toBe('Transaction too large')
  peers[1]?.send('SEND', { destination: '/topic/a', transaction: 't' }, 'x'.repeat(1_001))
  expect((await peers[1]?.waitFor('ERROR'))?.headers.message).toBe('Transaction too large')
  for (const transaction of ['u', 'v']) peers[2]?.send('BEGIN', { transaction })
  expect((await peers[2]?.waitFor('ERROR'))?.headers.message).toBe('Too many transactions')
})
