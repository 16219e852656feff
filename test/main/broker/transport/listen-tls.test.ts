import { expect, onTestFinished, test } from 'vitest'
import { listenTcp } from '../../../../main/broker/transport/listen-tcp.ts'
import { listenWs } from '../../../../main/broker/transport/listen-ws.ts'
import { connectFrame, type RawSocket } from '../raw-socket.ts'
import { lan, open, secure, startTls, tls } from '../tls-listening.ts'
import { until } from '../../../shared/core/until.ts'

const speaksWebSocket = async (raw: RawSocket): Promise<void> => {
  await raw.shakeHands(0, { Host: 'localhost' })
  expect(raw.received).toMatch(/^HTTP\/1.1 101 /)
  raw.sendMessage(connectFrame)
  await raw.waitFor('CONNECTED')
}
const speaksStomp = async (raw: RawSocket): Promise<void> => {
  raw.send(connectFrame)
  await raw.waitFor('CONNECTED')
}

test('both ports accept TLS and, from this computer, plain connections', async () => {
  const { port, tcpPort } = await startTls()
  await speaksWebSocket(await open(port))
  await speaksWebSocket(await secure(port))
  await speaksStomp(await open(tcpPort))
  await speaksStomp(await secure(tcpPort))
})

test('the page shows the scheme that it was requested by', async () => {
  const { port } = await startTls()
  const [plain, secret] = [await open(port), await secure(port)]
  for (const raw of [plain, secret]) raw.send('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await plain.waitFor('<code>ws://</code>')
  await secret.waitFor('<code>wss://</code>')
})

test('a first byte that arrives alone is not lost', async () => {
  const { port, tcpPort } = await startTls()
  const [web, stomp] = [await open(port), await open(tcpPort)]
  web.send('G')
  stomp.send('C')
  // Answered only after both bytes were read.
  await speaksStomp(await open(tcpPort))
  web.send('ET /health HTTP/1.1\r\nhost: localhost\r\n\r\n')
  stomp.send(connectFrame.slice(1))
  await web.waitFor('{"status":"ok"}')
  await stomp.waitFor('CONNECTED')
})

test('a peer that leaves before or after the first byte disturbs no other', async () => {
  const { port, tcpPort } = await startTls()
  for (const at of [port, tcpPort])
    for (const first of ['', 'G', '\x16']) {
      const [polite, rude] = [await open(at), await open(at)]
      polite.socket.end(first)
      rude.send(first)
      rude.socket.resetAndDestroy()
    }
  await speaksWebSocket(await secure(port))
})

test('a closed connection frees its place in the quota', async () => {
  const { port, tcpPort, broker } = await startTls({ connections: 2 })
  for (let round = 0; round < 5; round++) {
    const [web, stomp] = [await secure(port), await secure(tcpPort)]
    await speaksWebSocket(web)
    await speaksStomp(stomp)
    // One as a browser that is closed, one as a cable that is pulled.
    web.socket.end()
    stomp.socket.destroy()
    await until(() => broker.clients().length === 0)
  }
})

test('bytes that begin like TLS but are not are cut', async () => {
  const { port, tcpPort } = await startTls()
  for (const at of [port, tcpPort]) {
    const raw = await open(at)
    raw.send('\x16 is no handshake')
    await raw.waitForClose()
  }
})

test.runIf(lan !== undefined)('the network can only connect by TLS, and is told so', async () => {
  const { port, tcpPort, broker } = await startTls()
  await speaksWebSocket(await secure(port, lan))
  await speaksStomp(await secure(tcpPort, lan))
  const [web, stomp] = [await open(port, lan), await open(tcpPort, lan)]
  web.send(`GET /stomp HTTP/1.1\r\nhost: ${lan}\r\n\r\n`)
  stomp.send(connectFrame)
  await Promise.all([web.waitForClose(), stomp.waitForClose()])
  expect(web.received).toMatch(/^HTTP\/1.1 426 Upgrade Required\r\nupgrade: TLS/)
  expect(web.received).toContain(`wss://${lan}:${port}.`)
  expect(stomp.received).toMatch(/^ERROR\nmessage:TLS required\n/)
  expect(stomp.received).toContain(`stomp+ssl://${lan}:${tcpPort}.`)
  expect(broker.clients()).toHaveLength(2)
})

test.runIf(lan !== undefined)('a network peer that keeps talking plain is cut', async () => {
  const { port } = await startTls()
  const raw = await open(port, lan)
  raw.socket.allowHalfOpen = true
  const flood = setInterval(() => raw.send('GET / HTTP/1.1\r\n'), 5)
  onTestFinished(() => clearInterval(flood))
  await raw.waitForClose()
})

test('a TLS peer that stops reading is cut at the limit', async () => {
  const { port, broker } = await startTls()
  const raw = await secure(port)
  await raw.shakeHands(0, { Host: 'localhost' })
  raw.sendMessage(`${connectFrame}SUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:r\n\n\0`)
  await raw.waitFor('RECEIPT')
  raw.socket.pause()
  const body = 'x'.repeat(100_000)
  const publish = (): number => {
    broker.publish('/topic/a', { body })
    return broker.clients().length
  }
  await expect.poll(publish, { interval: 1 }).toBe(0)
})

test('closing does not wait for a handshake', async () => {
  const { broker } = await startTls()
  for (const listenAt of [listenWs, listenTcp]) {
    const listening = await listenAt({ broker, bind: '127.0.0.1', port: 0, tls })
    const raw = await open(listening.port)
    raw.send('\x16\x03\x01')
    await listening.close()
    await raw.waitForClose()
  }
})
