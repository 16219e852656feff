/** @stomp/stompjs through everything that a client does, over WebSocket. */
import type { IMessage } from '@stomp/stompjs'
import { expect, test } from 'vitest'
import { startListening } from './listening.ts'
import { connectStompjs, headersOf, subscribeStompjs } from './stompjs.ts'

const bodies = (messages: IMessage[]): string[] => messages.map(({ body }) => body)

test('text, bytes, acknowledgements, a transaction and an error', async () => {
  const { url } = await startListening()
  const client = await connectStompjs(url, { login: 'ada' })
  const topic = await subscribeStompjs(client, '/topic/방')

  client.publish({ destination: '/topic/방', body: '안녕', headers: headersOf({ colour: 'a:b\n' }) })
  await expect.poll(() => topic[0]).toMatchObject({ body: '안녕', headers: { colour: 'a:b\n' } })

  const bytes = Uint8Array.of(0, 255, 254, 0, 10)
  client.publish({ destination: '/topic/방', binaryBody: bytes })
  await expect.poll(() => topic[1]?.binaryBody).toEqual(bytes)

  const queue = await subscribeStompjs(client, '/queue/a', {
    ack: 'client-individual',
    'prefetch-count': '1',
  })
  for (const body of ['first', 'second']) client.publish({ destination: '/queue/a', body })
  await expect.poll(() => bodies(queue)).toEqual(['first'])
  queue[0]?.nack()
  await expect.poll(() => queue[1]).toMatchObject({ body: 'first', headers: { redelivered: 'true' } })
  queue[1]?.ack()
  await expect.poll(() => bodies(queue)).toEqual(['first', 'first', 'second'])

  const transaction = client.begin()
  const inIt = headersOf({ transaction: transaction.id })
  for (const body of ['one', 'two']) client.publish({ destination: '/topic/방', headers: inIt, body })
  const aborted = client.begin()
  client.publish({ destination: '/topic/방', headers: headersOf({ transaction: aborted.id }), body: 'never' })
  aborted.abort()
  transaction.commit()
  await expect.poll(() => bodies(topic).slice(2)).toEqual(['one', 'two'])

  const error = new Promise<Record<string, string>>(resolve => {
    client.onStompError = ({ headers }) => resolve(headers)
  })
  client.publish({ destination: '/nowhere', headers: headersOf({ receipt: 'r2' }) })
  expect(await error).toMatchObject({ message: 'Unknown destination', 'receipt-id': 'r2' })
  await expect.poll(() => client.connected).toBe(false)
  await client.deactivate()
})
