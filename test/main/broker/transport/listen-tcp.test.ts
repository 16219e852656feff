import { expect, test } from 'vitest'
import { startListening } from '../listening.ts'
import { connectFrame, RawSocket } from '../raw-socket.ts'
import { connectStompjs, subscribeStompjs } from '../stompjs.ts'

test('speaks plain STOMP, also to WebSocket peers', async () => {
  const { tcpPort, url } = await startListening()
  const raw = await RawSocket.open(tcpPort)
  raw.send(`${connectFrame}\nSUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:r\n\n\0`)
  await raw.waitFor('RECEIPT\nreceipt-id:r\n\n\0')
  expect(raw.received).toMatch(/^CONNECTED\nversion:1.2\nserver:stompbox\/1.2.3\n/)
  const client = await connectStompjs(url)
  const messages = await subscribeStompjs(client, '/topic/a')
  raw.send('SEND\ndestination:/topic/a\n\nfrom tcp\0')
  client.publish({ destination: '/topic/a', body: 'from ws' })
  await expect.poll(() => messages.map(({ body }) => body).sort()).toEqual(['from tcp', 'from ws'])
  await raw.waitFor(/\n\nfrom ws\0/)
  raw.socket.destroy()
  await client.deactivate()
})

test('a line end follows the NUL of each frame, for clients such as PHP’s', async () => {
  const { tcpPort } = await startListening()
  const raw = await RawSocket.open(tcpPort)
  raw.send(`${connectFrame}SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0SEND\ndestination:/topic/a\n\nx\0`)
  raw.send('DISCONNECT\nreceipt:bye\n\n\0')
  await raw.waitForClose()
  expect(raw.received.split('\0\n').map(frame => frame.split('\n')[0])).toEqual([
    'CONNECTED',
    'MESSAGE',
    'RECEIPT',
    '',
  ])
})

test('a peer that closes its side at once still gets its answers', async () => {
  const { tcpPort } = await startListening()
  const raw = await RawSocket.open(tcpPort)
  raw.socket.end(`${connectFrame}SEND\ndestination:/topic/a\nreceipt:r\n\n\0`)
  await raw.waitForClose()
  expect(raw.received).toContain('RECEIPT\nreceipt-id:r')
})

test('DISCONNECT closes after its RECEIPT, an ERROR after its frame', async () => {
  const { tcpPort } = await startListening()
  const [polite, rude] = [await RawSocket.open(tcpPort), await RawSocket.open(tcpPort)]
  polite.send(`${connectFrame}DISCONNECT\nreceipt:bye\n\n\0`)
  rude.send('EHLO there\r\n\r\n')
  await Promise.all([polite.waitForClose(), rude.waitForClose()])
  expect(polite.received).toMatch(/RECEIPT\nreceipt-id:bye\n\n\0\n$/)
  expect(rude.received).toContain('ERROR\nmessage:Malformed frame\n')
})

test('a peer that ignores the close is cut', async () => {
  const { tcpPort, broker } = await startListening()
  const raw = await RawSocket.open(tcpPort)
  raw.socket.allowHalfOpen = true
  raw.send(`${connectFrame}NONSENSE\n\n\0`)
  await raw.waitFor('ERROR')
  expect(broker.clients()).toEqual([])
  // Our side stays open: only a socket that is gone answers what we write with a reset.
  await expect
    .poll(() => {
      raw.send('\n')
      return raw.closed
    })
    .toBe(true)
})
