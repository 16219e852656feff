/** Who comes into a room while others talk as fast as they can, from any place of its history. */
import { onTestFinished, expect, test } from 'vitest'
import { defaultLimits } from '../../../main/broker/options/limits.ts'
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import { RawSocket } from '../broker/raw-socket.ts'
import { startHost } from './fixture.ts'
import { until } from '../../shared/core/until.ts'

const connect = async (port: number): Promise<RawSocket> => {
  const raw = await RawSocket.open(port)
  onTestFinished(() => void raw.socket.destroy())
  raw.send('CONNECT\naccept-version:1.2\nhost:x\n\n\0')
  await raw.waitFor('CONNECTED')
  return raw
}

const connectMany = (count: number, port: number): Promise<RawSocket[]> =>
  Promise.all(Array.from({ length: count }, () => connect(port)))

const body = JSON.stringify({ roomId: 'general', content: 'x'.repeat(50) })
const chat = `SEND\ndestination:/app/chat/message\n\n${body}\0`
const burst = 200

/** Talks without a pause, two bursts ahead of what is stored, until it is told to stop. @returns how much was said. */
const talk = async (raw: RawSocket, goesOn: () => boolean): Promise<number> => {
  let bursts = 0
  for (; goesOn(); bursts++) {
    raw.send(chat.repeat(burst))
    raw.send(chat.replace('\n\n', `\nreceipt:${bursts}\n\n`))
    if (bursts > 0) await raw.waitFor(`receipt-id:${bursts - 1}\n`)
  }
  return bursts * (burst + 1)
}

/** @returns the offsets of all messages that come from here on. */
const collectOffsets = ({ socket }: RawSocket): number[] => {
  const decoder = new FrameDecoder(defaultLimits)
  const offsets: number[] = []
  socket.removeAllListeners('data').on('data', chunk => {
    decoder.push(chunk)
    for (let frame = decoder.next(); frame; frame = decoder.next())
      offsets.push(Number(frame.headers.get('x-stream-offset')))
  })
  return offsets
}

test('misses nothing, and gets nothing twice or out of order', async () => {
  // Nobody is cut: whether a reader keeps up is another question.
  const limits = { sendRate: 0, backlogBytes: 0, backlogAge: 0 }
  const host = await startHost({ tcpPort: 0, limits })
  const port = Number(new URL(host.tcp ?? '').port)
  const stored = (): number => host.counts().messagesStored
  const [talkers, readers] = [await connectMany(3, port), await connectMany(18, port)]
  const beganAt = Math.floor(Date.now() / 1_000)
  let allHaveCome = false
  const said = Promise.all(talkers.map(raw => talk(raw, () => !allHaveCome)))

  const asked: { seen: number[]; least: number; most: number }[] = []
  for (const [index, raw] of readers.entries()) {
    const before = stored()
    await until(() => stored() > before + 300)
    const now = stored()
    const starts = [
      { start: 'first', least: 0, most: 0 },
      { start: `timestamp=${beganAt}`, least: 0, most: 0 },
      { start: `offset=${now >> 1}`, least: now >> 1, most: now >> 1 },
      { start: `offset=${now + 9_999_999}`, least: now, most: Infinity },
      { start: 'last', least: now - 1, most: Infinity },
      { start: 'next', least: now, most: Infinity },
    ]
    const { start = '', ...bounds } = starts[index % starts.length] ?? { least: NaN, most: NaN }
    asked.push({ seen: collectOffsets(raw), ...bounds })
    raw.send(`SUBSCRIBE\nid:s\ndestination:/topic/room.general\nx-stream-offset:${start}\n\n\0`)
  }
  const allAsked = stored()
  await until(() => asked.every(({ seen }) => (seen.at(-1) ?? 0) > allAsked))
  allHaveCome = true

  const total = (await said).reduce((sum, count) => sum + count, 0)
  await until(() => asked.every(({ seen }) => seen.at(-1) === total - 1))
  for (const { seen, least, most } of asked) {
    const [first = NaN] = seen
    expect(first).toBeGreaterThanOrEqual(least)
    expect(first).toBeLessThanOrEqual(most)
    expect(seen).toEqual(Array.from({ length: total - first }, (_, index) => first + index))
  }
})
