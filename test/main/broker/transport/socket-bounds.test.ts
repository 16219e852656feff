import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { connectFrame, type RawSocket } from '../raw-socket.ts'
import { open, secure, startTls } from '../tls-listening.ts'
import { until } from '../../../shared/core/until.ts'

/** Milliseconds from the socket to CONNECTED; long enough that a busy machine does not add a half of it. */
const deadline = 3_000

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
type Ports = Awaited<ReturnType<typeof startTls>>

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

test('a deadline beyond the longest timer is supported', async () => {
  const warnings: string[] = []
  const note = ({ name }: Error): void => void warnings.push(name)
  process.on('warning', note)
  onTestFinished(() => void process.off('warning', note))
  const { tcpPort } = await startTls({ connectTimeout: 2 ** 31 })
  const raw = await open(tcpPort)
  raw.send(connectFrame)
  await raw.waitFor('CONNECTED')
  expect(warnings).not.toContain('TimeoutOverflowWarning')
})

test('one deadline covers the time from the socket to CONNECTED, whatever takes it', async () => {
  const ports = await startTls({ connectTimeout: deadline })
  const peers = Object.entries(slowPeers).map(([name, peerOf]) => ({ name, peer: peerOf(ports) }))
  await setTimeout(deadline / 2)
  const later = await open(ports.port)
  const isGone = (raw: RawSocket): boolean => raw.closed || raw.received.includes('Too slow')
  for (const { name, peer } of peers) {
    const raw = await peer
    await until(() => isGone(raw) || later.closed)
    // Whoever had the time anew would outlast the one who came later; who came later has time of its own.
    expect([isGone(raw), later.closed], name).toEqual([true, false])
  }
  await later.waitForClose()
})
