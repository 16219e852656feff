import type { Client } from '@stomp/stompjs'
import { afterEach, expect, test } from 'vitest'
import { createBroker, type Broker, type BrokerOptions } from '../../../main/broker/broker.ts'
import { RefusedError } from '../../../main/broker/hooks.ts'
import type { Listening } from '../../../main/broker/listen-socket.ts'
import { listenWs } from '../../../main/broker/listen-ws.ts'
import { silentLog } from './log.ts'
import { connectStompjs, headersOf, subscribeStompjs } from './stompjs.ts'

const endings: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

const startBroker = async (
  hooks: Partial<BrokerOptions['hooks']> = {},
): Promise<{ broker: Broker; listening: Listening; url: string }> => {
  const broker = createBroker({
    serverName: 'stompbox/1.2.3',
    log: silentLog,
    hooks: {
      admit: ({ login }) => ({ ok: true, principal: { id: login ?? '', name: login ?? '' } }),
      ...hooks,
    },
  })
  const listening = await listenWs({ broker, bind: '127.0.0.1', port: 0 })
  endings.push(async () => {
    await broker.close({ message: 'Test over' })
    await listening.close()
  })
  return { broker, listening, url: `ws://127.0.0.1:${listening.port}/stomp` }
}

const connect = async (url: string, login: string): Promise<Client> => {
  const client = await connectStompjs(url, { login })
  endings.push(() => client.deactivate())
  return client
}

test('two stompjs clients talk over a topic', async () => {
  const { url } = await startBroker()
  const [ada, ben] = [await connect(url, 'Ada'), await connect(url, 'Ben')]
  const [toAda, toBen] = [await subscribeStompjs(ada, '/topic/방'), await subscribeStompjs(ben, '/topic/방')]
  ada.publish({ destination: '/topic/방', body: '안녕', headers: headersOf({ nick: 'a:b\nc' }) })
  ben.publish({ destination: '/topic/방', body: 'hello' })
  await expect.poll(() => [toAda.length, toBen.length]).toEqual([2, 2])
  const message = toBen.find(({ body }) => body === '안녕')
  expect(message?.headers).toMatchObject({ destination: '/topic/방', nick: 'a:b\nc' })
  expect(ada.connectedVersion).toBe('1.2')
})

test('the application answers /app/ and refuses to the errors queue', async () => {
  const { url, broker } = await startBroker({
    handleSend: (client, { body }) => {
      const text = Buffer.from(body).toString()
      if (text === 'bad') throw new RefusedError({ message: 'No', headers: { code: 'input-invalid' } })
      broker.publish('/topic/room', { headers: { sender: client.principal.name }, body: text })
    },
    handleSubscribe: () => [{ body: '["general"]' }],
  })
  const ada = await connect(url, 'Ada')
  const errors = await subscribeStompjs(ada, '/user/queue/errors')
  const rooms = await subscribeStompjs(ada, '/app/rooms')
  const room = await subscribeStompjs(ada, '/topic/room')
  ada.publish({ destination: '/app/chat', body: 'bad', headers: headersOf({ receipt: 'r-7' }) })
  ada.publish({ destination: '/app/chat', body: 'good' })
  await expect.poll(() => room.length).toBe(1)
  expect(room[0]).toMatchObject({ body: 'good', headers: { sender: 'Ada' } })
  expect(rooms.map(({ body }) => body)).toEqual(['["general"]'])
  expect(errors.map(({ headers }) => [headers.code, headers['receipt-id']])).toEqual([
    ['input-invalid', 'r-7'],
  ])
})
