import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../../../../main/broker/transport/listen-socket.ts'
import { RawSocket } from '../raw-socket.ts'

test('connections that can’t be accepted do not stop the server', async () => {
  const server = createServer(socket => socket.end('welcome'))
  const listening = await listen(server, '127.0.0.1', 0)
  onTestFinished(() => listening.close())
  // What Node emits where the system has no more files to give.
  for (let n = 0; n < 3; n++) server.emit('error', new Error('accept EMFILE'))
  const raw = await RawSocket.open(listening.port)
  await raw.waitFor('welcome')
  expect(raw.received).toBe('welcome')
  raw.socket.destroy()
})
