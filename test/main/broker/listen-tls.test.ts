import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Limits } from '../../../main/broker/limits.ts'
import { listenTcp } from '../../../main/broker/listen-tcp.ts'
import { listenWs } from '../../../main/broker/listen-ws.ts'
import { lanAddresses } from '../../../main/host/addresses.ts'
import { startListening } from './listening.ts'
import { RawSocket } from './raw-socket.ts'

const stored = (name: string): string =>
  readFileSync(new URL(`../certificates/${name}`, import.meta.url), 'utf8')
const tls = { cert: stored('untrusted.crt'), key: stored('untrusted.key') }

/** An address of this computer at which it looks like any other; there may be none. */
const lan = lanAddresses().find(address => !address.includes(':'))

const connectFrame = 'CONNECT\naccept-version:1.2\nhost:x\n\n\0'

const start = (limits: Partial<Limits> = {}) => startListening({}, { bind: '0.0.0.0', tls, limits })

/** @returns a socket that is closed with the test. */
const open = async (port: number, from?: string): Promise<RawSocket> => {
  const raw = await RawSocket.open(port, from)
  onTestFinished(() => void raw.socket.destroy())
  return raw
}

const secure = async (port: number, from?: string): Promise<RawSocket> => (await open(port, from)).secure()

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

test('both ports speak TLS and, to this computer, plain', async () => {
  const { port, tcpPort } = await start()
  await speaksWebSocket(await open(port))
  await speaksWebSocket(await secure(port))
  await speaksStomp(await open(tcpPort))
  await speaksStomp(await secure(tcpPort))
})

test('the page says by which scheme it was reached', async () => {
  const { port } = await start()
  const [plain, secret] = [await open(port), await secure(port)]
  for (const raw of [plain, secret]) raw.send('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await plain.waitFor('<code>ws://</code>')
  await secret.waitFor('<code>wss://</code>')
})

test('a first byte that comes alone is not lost', async () => {
  const { port, tcpPort } = await start()
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

test('who goes before or after the first byte disturbs nobody', async () => {
  const { port, tcpPort } = await start()
  for (const at of [port, tcpPort])
    for (const first of ['', 'G', '\x16']) {
      const [polite, rude] = [await open(at), await open(at)]
      polite.socket.end(first)
      rude.send(first)
      rude.socket.resetAndDestroy()
    }
  await speaksWebSocket(await secure(port))
})

test('whoever has left leaves a place', async () => {
  const { port, tcpPort, broker } = await start({ connections: 2 })
  for (let round = 0; round < 5; round++) {
    const [web, stomp] = [await secure(port), await secure(tcpPort)]
    await speaksWebSocket(web)
    await speaksStomp(stomp)
    // One as a browser that is closed, one as a cable that is pulled.
    web.socket.end()
    stomp.socket.destroy()
    await vi.waitUntil(() => broker.clients().length === 0, { interval: 2, timeout: 10_000 })
  }
})

test('what begins like TLS and is none is cut', async () => {
  const { port, tcpPort } = await start()
  for (const at of [port, tcpPort]) {
    const raw = await open(at)
    raw.send('\x16 is no handshake')
    await raw.waitForClose()
  }
})

test.runIf(lan !== undefined)('the network gets in by TLS alone, and is told so', async () => {
  const { port, tcpPort, broker } = await start()
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

test.runIf(lan !== undefined)('a peer of the network that goes on talking plain is cut', async () => {
  const { port } = await start()
  const raw = await open(port, lan)
  raw.socket.allowHalfOpen = true
  const flood = setInterval(() => raw.send('GET / HTTP/1.1\r\n'), 5)
  onTestFinished(() => clearInterval(flood))
  await raw.waitForClose()
})

test('a peer in TLS that stops reading is cut at the limit', async () => {
  const { port, broker } = await start()
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
  await expect.poll(publish, { interval: 1, timeout: 10_000 }).toBe(0)
})

test('closing does not wait for a handshake', async () => {
  const { broker } = await start()
  for (const listenAt of [listenWs, listenTcp]) {
    const listening = await listenAt({ broker, bind: '127.0.0.1', port: 0, tls })
    const raw = await open(listening.port)
    raw.send('\x16\x03\x01')
    await listening.close()
    await raw.waitForClose()
  }
})

/** Milliseconds from the socket to CONNECTED. */
const deadline = 1_000

/** Sends a byte now and then, for as long as the peer is there. */
const trickle = (raw: RawSocket, text: string): void => {
  let next = 0
  const timer = setInterval(() => raw.send(text.charAt(next++) || 'x'), deadline / 20)
  raw.socket.on('close', () => clearInterval(timer))
}
/** More than half of the time goes by before the peer does the next thing. */
const dawdle = () => setTimeout(deadline * 0.6)

const connectStart = connectFrame.slice(0, -1)
const httpStart = 'GET /stomp HTTP/1.1\r\nhost: localhost\r\nx-header: '
/** A record that announces a ClientHello of 16 KiB. */
const tlsStart = '\x16\x03\x01\x40\x00\x01\x00\x3f\xfc'
type Ports = Awaited<ReturnType<typeof start>>

/** @returns a socket whose handshake is late. */
const late = async (port: number): Promise<RawSocket> => {
  const raw = await open(port)
  await dawdle()
  return raw.secure()
}

const says = async (port: number, text: string): Promise<RawSocket> => {
  const raw = await open(port)
  raw.send(text)
  return raw
}
const trickles = async (peer: Promise<RawSocket>, text: string): Promise<RawSocket> => {
  const raw = await peer
  trickle(raw, text)
  return raw
}
const upgradesLate = async (peer: Promise<RawSocket>): Promise<RawSocket> => {
  const raw = await peer
  await dawdle()
  await raw.shakeHands(0, { Host: 'localhost' })
  return raw
}

const slowPeers: Record<string, (ports: Ports) => Promise<RawSocket>> = {
  'one byte of HTTP': ({ port }) => says(port, 'G'),
  'one byte of TLS': ({ port }) => says(port, '\x16'),
  'one byte of TLS to TCP': ({ tcpPort }) => says(tcpPort, '\x16'),
  'nothing to TCP': ({ tcpPort }) => open(tcpPort),
  'a handshake that trickles': ({ port }) => trickles(open(port), tlsStart),
  'a handshake that trickles to TCP': ({ tcpPort }) => trickles(open(tcpPort), tlsStart),
  'HTTP that trickles': ({ port }) => trickles(open(port), httpStart),
  'HTTP that trickles after a late handshake': ({ port }) => trickles(late(port), httpStart),
  'a late handshake': ({ port }) => late(port),
  'a late handshake to TCP': ({ tcpPort }) => late(tcpPort),
  'a CONNECT that trickles': ({ tcpPort }) => trickles(open(tcpPort), connectStart),
  'a CONNECT that trickles after a late handshake': ({ tcpPort }) => trickles(late(tcpPort), connectStart),
  'a late upgrade': ({ port }) => upgradesLate(open(port)),
  'a late upgrade in TLS': ({ port }) => upgradesLate(secure(port)),
}

test('from the socket to CONNECTED there is one deadline, whatever the time goes by with', async () => {
  const ports = await start({ connectTimeout: deadline })
  const silent = await open(ports.port)
  const peers = Object.entries(slowPeers).map(([name, peerOf]) => ({ name, peer: peerOf(ports) }))
  await silent.waitForClose()
  const silentUntil = performance.now()
  for (const { name, peer } of peers) {
    const raw = await peer
    await vi.waitUntil(() => raw.closed || raw.received.includes('Too slow'), {
      interval: 2,
      timeout: 20_000,
    })
    // Whoever had the time anew would be here for more than half of it still.
    expect(performance.now() - silentUntil, name).toBeLessThan(deadline / 2)
  }
})
