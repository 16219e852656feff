/** More connections than there may be, from this computer's many loopback addresses. */
import { onTestFinished, expect, test } from 'vitest'
import type { Limits } from '../../../../main/broker/options/limits.ts'
import { connectFrame, RawSocket } from '../raw-socket.ts'
import { AttackedBroker, expectRefusal, messageHead } from './attacked-broker.ts'
import { until } from '../../../shared/core/until.ts'

const start = async (limits: Partial<Limits>): Promise<AttackedBroker> => {
  const broker = await AttackedBroker.start(limits)
  onTestFinished(() => broker.stop())
  return broker
}

/** @returns what became of so many TCP peers who CONNECT. */
const connectMany = async (broker: AttackedBroker, count: number, from?: string): Promise<RawSocket[]> => {
  const all = await Promise.all(Array.from({ length: count }, () => RawSocket.open(broker.tcpPort, from)))
  for (const raw of all) raw.send(connectFrame)
  await until(() => all.every(raw => raw.closed || raw.received.includes('CONNECTED')))
  return all
}
const isOpen = (raw: RawSocket): boolean => !raw.closed && raw.received.includes('CONNECTED')
const isTold = (raw: RawSocket): boolean => raw.received.includes('Too many connections')

// Only Linux has all of 127.0.0.0/8.
test.runIf(process.platform === 'linux')('too many from one address, and too many in all', async () => {
  const broker = await start({ connections: 8, connectionsPerLoopback: 4 })
  await broker.withstands(async () => {
    const same = await connectMany(broker, 12, '127.0.0.2')
    expect(same.filter(isOpen)).toHaveLength(4)
    // Some beyond the limit are told so; the flood beyond them is not even listened to.
    expect(same.filter(isTold).length).toBeGreaterThan(0)
    // One place is the witness's.
    const others = await Promise.all(['127.0.0.3', '127.0.0.4'].map(from => connectMany(broker, 4, from)))
    expect(others.flat().filter(isOpen)).toHaveLength(3)
    for (const raw of [...same, ...others.flat()]) raw.socket.destroy()
  })
  await until(async () => (await connectMany(broker, 1, '127.0.0.2')).every(isOpen))
})

test('sockets that say nothing are not kept either, and take nothing from the others', async () => {
  const broker = await start({ connections: 8, connectTimeout: 3_000 })
  await broker.withstands(async () => {
    const silent = await Promise.all(Array.from({ length: 40 }, () => RawSocket.open(broker.port)))
    await until(() => silent.filter(raw => raw.closed).length === 24)
    await until(() => silent.every(raw => raw.closed))
  })
})

test("this computer's own programs are counted together, and not by address where nobody said so", async () => {
  const broker = await start({})
  const all = await connectMany(broker, 256)
  expect(all.filter(isOpen)).toHaveLength(256)
  expect((await connectMany(broker, 1)).filter(isOpen)).toHaveLength(0)
  for (const raw of all) raw.socket.destroy()
})

test('strangers send WebSocket messages without an end', async () => {
  const broker = await start({})
  const half = Buffer.concat([messageHead(500_000), Buffer.alloc(480_000, 'x')])
  await broker.withstands(async () => {
    const stranger = async (): Promise<void> => {
      const raw = await RawSocket.upgrade(broker.port)
      raw.send(half)
      await expectRefusal(raw, 'larger than the largest frame')
    }
    await Promise.all(Array.from({ length: 200 }, stranger))
  })
})

test('0 lifts the limits', async () => {
  const broker = await start({ connections: 0, connectionsPerAddress: 0, subscriptions: 0 })
  const all = await connectMany(broker, 300)
  expect(all.filter(isOpen)).toHaveLength(300)
  const [guest] = all
  for (let id = 1; id <= 300; id++)
    guest?.send(`SUBSCRIBE\nid:${id}\ndestination:/topic/a\nreceipt:${id}\n\n\0`)
  await guest?.waitFor('receipt-id:300')
  for (const raw of all) raw.socket.destroy()
})
