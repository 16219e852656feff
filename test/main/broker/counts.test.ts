import { expect, test } from 'vitest'
import { startBroker } from './fixture.ts'

test('counts what is open, what came in and what went out', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben] = [await connect(), await connect()]
  for (const peer of [ada, ben]) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  const before = broker.counts()
  expect(before).toMatchObject({ connections: 2, subscriptions: 2, framesReceived: 4, sendsReceived: 0 })
  for (const body of ['1', '2']) broker.publish('/topic/a', { body })
  ada.send('SEND', { destination: '/topic/a', receipt: 'r' }, '3')
  await ada.receipt('r')
  await expect.poll(() => ben.bodies).toEqual(['1', '2', '3'])
  const after = broker.counts()
  expect(after.sendsReceived).toBe(1)
  expect(after.bytesReceived - before.bytesReceived).toBe(
    'SEND\ndestination:/topic/a\nreceipt:r\n\n3\0'.length,
  )
  // Two connections got a CONNECTED and three MESSAGEs, one of them a RECEIPT, too.
  expect(after.framesSent).toBe(9)
  expect(after.bytesSent).toBeGreaterThan(before.bytesSent)
  ben.leave()
  expect(broker.counts()).toMatchObject({ connections: 1, subscriptions: 1 })
})
