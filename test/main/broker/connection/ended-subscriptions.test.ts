import { expect, test } from 'vitest'
import type { Client } from '../../../../main/broker/options/hooks.ts'
import { ArrayHistory, numbers } from '../history.ts'
import { startBroker } from '../fixture.ts'

const start = async (options: Parameters<typeof startBroker>[1] = {}) => {
  const clients: Client[] = []
  const told: string[] = []
  const { broker, connect } = startBroker(
    {
      connected: client => clients.push(client),
      subscribed: (_, destination) => told.push(`+ ${destination}`),
      unsubscribed: (_, destination) => told.push(`- ${destination}`),
    },
    options,
  )
  const peer = await connect({ login: 'Ada' })
  const [client] = clients
  if (!client) throw new Error('nobody is connected')
  return { broker, connect, peer, client, told }
}

test('the application ends subscriptions at once, and is told of each end once', async () => {
  const { broker, peer, client, told } = await start()
  for (const name of ['a', 'b']) peer.send('SUBSCRIBE', { id: name, destination: `/topic/${name}` })
  expect([client.subscribes('/topic/a'), client.subscribes('/topic/')]).toEqual([true, false])
  client.endSubscriptions(destination => destination === '/topic/a')
  client.endSubscriptions(destination => destination === '/topic/a')
  expect([client.subscribes('/topic/a'), client.subscribes('/topic/b')]).toEqual([false, true])
  broker.publish('/topic/a', { body: 'late' })
  broker.publish('/topic/b', { body: 'still' })
  await peer.waitFor('MESSAGE')
  expect(peer.bodies).toEqual(['still'])

  peer.send('UNSUBSCRIBE', { id: 'a', receipt: 'gone' })
  await peer.receipt('gone')
  expect(told).toEqual(['+ /topic/a', '+ /topic/b', '- /topic/a'])
  peer.leave()
  expect(told.slice(3)).toEqual(['- /topic/b'])
})

test('the id of an ended subscription is free, even at the limit of subscriptions', async () => {
  const { broker, peer, client } = await start({ limits: { subscriptions: 1 } })
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  client.endSubscriptions(() => true)
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/b', receipt: 'r' })
  await peer.receipt('r')
  broker.publish('/topic/b', { body: 'heard' })
  await peer.waitFor('MESSAGE')
})

test('a replay and a subscription that acknowledges end as well', async () => {
  const history = new ArrayHistory('/topic/h', numbers(0, 500))
  const { broker, peer, client } = await start({ streams: history })
  peer.stall()
  peer.send('SUBSCRIBE', { id: 'h', destination: '/topic/h', 'x-stream-offset': 'first' })
  peer.send('SUBSCRIBE', { id: 'c', destination: '/topic/c', ack: 'client' })
  client.endSubscriptions(() => true)
  broker.publish('/topic/c', { body: 'late' })
  peer.takeAll()
  peer.send('SEND', { destination: '/topic/x', receipt: 'r' })
  await peer.receipt('r')
  expect(peer.bodies).not.toContain('late')
  expect(peer.bodies.length).toBeLessThan(500)
})

test('a message published by name only does not reach wildcards', async () => {
  const { broker, peer } = await start()
  peer.send('SUBSCRIBE', { id: 'all', destination: '/topic/#' })
  peer.send('SUBSCRIBE', { id: 'one', destination: '/topic/secret' })
  broker.publish('/topic/secret', { body: 'hush', byNameOnly: true })
  broker.publish('/topic/open', { body: 'hello' })
  await expect.poll(() => peer.bodies).toEqual(['hush', 'hello'])
  expect(peer.frames.slice(1).map(({ headers }) => headers.subscription)).toEqual(['one', 'all'])
})

test('the application can ask whether a destination has listeners', async () => {
  const { broker, peer } = await start()
  expect(broker.hasListeners('/topic/a')).toBe(false)
  peer.send('SUBSCRIBE', { id: 'a', destination: '/topic/a' })
  expect([broker.hasListeners('/topic/a'), broker.hasListeners('/topic/b')]).toEqual([true, false])
  peer.send('SUBSCRIBE', { id: 'all', destination: '/topic/*' })
  expect(broker.hasListeners('/topic/b')).toBe(true)
  expect(broker.hasListeners('/topic/b', true)).toBe(false)
  peer.leave()
  expect([broker.hasListeners('/topic/a'), broker.hasListeners('/topic/b')]).toEqual([false, false])
})
