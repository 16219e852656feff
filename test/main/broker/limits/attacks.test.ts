/** Attacks on one broker: who attacks gets an ERROR and a close, its memory stays, and the others are served all the while. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectFrame, RawSocket } from '../raw-socket.ts'
import { AttackedBroker, expectRefusal, flood, messageHead } from './attacked-broker.ts'
import { until } from '../../../shared/core/until.ts'

const mebibyte = 1024 * 1024
let broker: AttackedBroker
beforeAll(async () => {
  broker = await AttackedBroker.start({
    connectTimeout: 3_000,
    sendRate: 200,
    queuesBytes: mebibyte * 16,
    streamsBytes: mebibyte * 16,
  })
})
afterAll(() => broker.stop())

const send = (headers: string, body = ''): string => `SEND\ndestination:/topic/a\n${headers}\n${body}\0`
const headerLines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `h${index}:x\n`).join('')
const megabyte = Buffer.alloc(mebibyte, 'x')

test.each([
  ['a frame beyond 16 KiB', 'CONNECT\n\n', 'larger than 16384 bytes'],
  ['a content-length beyond 16 KiB', 'CONNECT\ncontent-length:16384\n\n', 'larger than 16384 bytes'],
  ['a header without an end', 'CONNECT\nlogin:', 'longer than 4096 bytes'],
  ['a command without an end', '', 'longer than 4096 bytes'],
  ['headers without an end', `CONNECT\n${headerLines(40)}`, 'more than 32 headers'],
])('a stranger sends %s', async (_, start, reason) => {
  await broker.withstands(async () => {
    const raw = await RawSocket.open(broker.tcpPort)
    raw.send(start)
    await flood(raw, megabyte, 20 * megabyte.length)
    await expectRefusal(raw, reason)
  })
})

test.each([
  ['a frame beyond 256 KiB', send('', 'x'.repeat(256 * 1024)), 'larger than 262144 bytes'],
  ['a content-length beyond 256 KiB', 'SEND\ncontent-length:999999999999\n\n', 'larger than 262144 bytes'],
  ['33 headers', `SEND\n${headerLines(33)}\n\0`, 'more than 32 headers'],
  ['a header of 4 KiB and one', `SEND\na:${'x'.repeat(4095)}\n\n\0`, 'longer than 4096 bytes'],
  ['a header with a name of 65', send(`${'n'.repeat(65)}:x\n`), 'longer than 64'],
  ['a name of 22 three-byte letters', send(`${'가'.repeat(22)}:x\n`), 'longer than 64'],
  ['a content-length that is too short', send('content-length:1\n', 'abc'), 'where its content-length says'],
  [
    'a content-length that is too long',
    send('content-length:9\n', `abc${send('')}`),
    'where its content-length',
  ],
  ['a content-length that is no number', send('content-length:0x3\n', 'abc'), 'not a number of bytes'],
  ['a NUL in a header', send('a:b\0c\n'), 'contain a NUL before'],
  ['an undefined escape', send('a:\\t\n'), 'does not define the escape'],
  ['a header that is no UTF-8', Buffer.from(send('a:\xff\n'), 'latin1'), 'not valid UTF-8'],
  ['an unknown command', 'SHUTDOWN\n\n\0', 'not a STOMP client command'],
])('a guest sends %s', async (_, bytes, reason) => {
  const [tcp, ws] = [await broker.connect(), await broker.connectWs()]
  await broker.withstands(async () => {
    tcp.send(bytes)
    await expectRefusal(tcp, reason)
    // The last byte would be a WebSocket message of its own: splitting must not matter.
    for (let at = 0; at < bytes.length; at += 60_000)
      ws.sendMessage(typeof bytes === 'string' ? bytes.slice(at, at + 60_000) : bytes, 0x82)
    await expectRefusal(ws, reason)
  })
})

test('what is just within the limits is taken', async () => {
  const guest = await broker.connect()
  const start = send('receipt:1\n')
  guest.send(send('receipt:1\n', 'x'.repeat(256 * 1024 - start.length)))
  guest.send(`SEND\ndestination:/topic/a\nreceipt:2\n${headerLines(30)}\n\0`)
  guest.send(send(`receipt:3\n${'n'.repeat(64)}:${'x'.repeat(4096 - 65)}\n`))
  await guest.waitFor('receipt-id:3')
  expect(guest.received).not.toContain('ERROR')
  guest.socket.destroy()
})

test.each([
  ['text that is no UTF-8', [0x81, 0x81, 0, 0, 0, 0, 0xff], 'A text message is not valid UTF-8', 1007],
  [
    'a message of 16 MiB',
    [0x82, 0xff, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
    'larger than the largest frame',
    1009,
  ],
  ['a message without a mask', [0x81, 1, 10], 'not a valid WebSocket frame from a client', 1002],
  ['a continuation of nothing', [0x80, 0x80, 0, 0, 0, 0], 'not a valid WebSocket frame from a client', 1002],
  ['a reserved opcode', [0x83, 0x80, 0, 0, 0, 0], 'not a valid WebSocket frame from a client', 1002],
  ['a compressed message', [0xc1, 0x80, 0, 0, 0, 0], 'not a valid WebSocket frame from a client', 1002],
])('a WebSocket brings %s', async (_, bytes, reason, code) => {
  const raw = await broker.connectWs()
  await broker.withstands(async () => {
    raw.send(Buffer.from(bytes))
    await expectRefusal(raw, reason)
    const closing = Buffer.from([0x88, 2, code >> 8, code & 255]).toString('latin1')
    expect(raw.received.endsWith(closing)).toBe(true)
  })
})

test.each([
  ['fragments of a byte', [0x01, 0x81, 0, 0, 0, 0, 120], [0x00, 0x81, 0, 0, 0, 0, 120], 'too many fragments'],
  ['empty fragments', [0x01, 0x80, 0, 0, 0, 0], [0x00, 0x80, 0, 0, 0, 0], 'too many fragments'],
  ['pings', [], [0x89, 0x80, 0, 0, 0, 0], 'Too many WebSocket pings'],
  ['pongs', [], [0x8a, 0x84, 0, 0, 0, 0, 1, 2, 3, 4], 'Too many WebSocket pings'],
])('a WebSocket floods with %s', async (_, first, further, reason) => {
  const raw = await broker.connectWs()
  await broker.withstands(async () => {
    raw.send(Buffer.from(first))
    await flood(
      raw,
      Buffer.concat(Array.from({ length: 1_000 }, () => Buffer.from(further))),
      2 * megabyte.length,
    )
    await expectRefusal(raw, reason)
  })
})

test('a CONNECT in many small messages, with a large frame on its heels, is none of those', async () => {
  const raw = await RawSocket.upgrade(broker.port)
  const head = connectFrame.replace('\n\n\0', `\n${'a:b\n'.repeat(25)}`)
  for (const letter of head) raw.sendMessage(letter)
  const frame = Buffer.from(send('receipt:r\n', 'x'.repeat(250_000)))
  raw.sendMessage('\n\0')
  raw.send(Buffer.concat([messageHead(frame.length), frame]))
  await raw.waitFor('receipt-id:r')
  raw.socket.destroy()
})

test('nothing is compressed, though the peer offers it', async () => {
  const raw = await RawSocket.upgrade(broker.port, {
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
  })
  expect(raw.received).toContain('101 Switching Protocols')
  expect(raw.received.toLowerCase()).not.toContain('sec-websocket-extensions')
  raw.socket.destroy()
})

test.each<[string, () => Promise<RawSocket>, string, string]>([
  ['a silent TCP peer', () => RawSocket.open(broker.tcpPort), '', 'Too slow'],
  ['a TCP peer that trickles', () => RawSocket.open(broker.tcpPort), connectFrame.repeat(9), 'Too slow'],
  ['a silent WebSocket', () => RawSocket.upgrade(broker.port), '', 'Too slow'],
  ['a silent HTTP peer', () => RawSocket.open(broker.port), '', ''],
  [
    'an HTTP peer that trickles',
    () => RawSocket.open(broker.port),
    `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(99)}`,
    '',
  ],
])('%s is not waited for', async (_, open, bytes, reason) => {
  await broker.withstands(async () => {
    const raw = await open()
    let at = 0
    await until(() => {
      // A CONNECT whose end never comes.
      if (at < bytes.length && !raw.closed) raw.send(bytes.charAt(at++).replace('\0', 'x'))
      return raw.closed
    })
    expect(raw.received).toContain(reason)
  })
})

test.each([
  ['Host', 'evil.com', 421],
  ['Host', '127.0.0.1.evil.com', 421],
  ['Origin', 'null', 403],
  ['Origin', 'http://127.0.0.1.evil.com', 403],
  ['Origin', 'http://localhost:3000', 403],
  ['Origin', 'file://', 403],
])('with %s: %s a page gets nothing but %i, nor keeps its socket', async (name, value, status) => {
  const raw = await RawSocket.open(broker.port)
  raw.socket.allowHalfOpen = true
  await raw.shakeHands(broker.port, { [name]: value })
  expect(raw.received).toContain(`HTTP/1.1 ${status} `)
  await until(() => {
    // Only a socket that is gone answers with a reset.
    raw.send('x')
    return raw.closed
  })
})

const big = 'x'.repeat(250_000)

test('a few guests ask for one message under many names', async () => {
  const guests = await Promise.all(Array.from({ length: 5 }, () => broker.connect()))
  const other = await broker.connect()
  for (const [index, guest] of guests.entries()) {
    for (let id = 1; id <= 200; id++)
      guest.send(`SUBSCRIBE\nid:${index}-${id}\ndestination:/topic/echo\nreceipt:${id}\n\n\0`)
    await guest.waitFor('receipt-id:200\n')
    guest.socket.pause()
  }
  await broker.withstands(async () => {
    other.send(`SEND\ndestination:/topic/echo\nreceipt:r\n\n${big}\0`.repeat(2))
    await other.waitFor('RECEIPT')
  })
  for (const raw of [other, ...guests]) raw.socket.destroy()
})

test('a few guests ask for one history under many names', async () => {
  const guests = await Promise.all(Array.from({ length: 5 }, () => broker.connect()))
  const other = await broker.connect()
  other.send(`SEND\ndestination:/topic/told\nx-queue-type:stream\nreceipt:r\n\n${big}\0`)
  await other.waitFor('RECEIPT')
  await broker.withstands(async () => {
    for (const [index, guest] of guests.entries()) {
      guest.socket.pause()
      for (let id = 1; id <= 200; id++)
        guest.send(`SUBSCRIBE\nid:${index}-${id}\ndestination:/topic/told\nx-stream-offset:first\n\n\0`)
    }
    for (const guest of guests) {
      guest.socket.resume()
      await until(() => guest.closed || guest.socket.bytesRead > 200 * big.length)
    }
  })
  for (const raw of [other, ...guests]) raw.socket.destroy()
})

const heavy = Array.from({ length: 28 }, (_, index) => `h${index}:${'x'.repeat(4_000)}\n`).join('')

test('guests keep small things of large frames', async () => {
  const guests = await Promise.all(Array.from({ length: 6 }, () => broker.connect()))
  await broker.withstands(async () => {
    for (const [index, guest] of guests.entries())
      for (let id = 1; id <= 190; id++)
        guest.send(
          `SUBSCRIBE\nid:subscription-${id}\ndestination:/topic/guests.${index}.${id}\nreceipt:${id}\n${heavy}\n\0`,
        )
    await Promise.all(guests.map(guest => guest.waitFor('receipt-id:190\n')))
  })
  for (const guest of guests) guest.socket.destroy()
})

test.each([
  ['one queue with headers', () => `SEND\ndestination:/queue/heavy\n${heavy}\n\0`, 'Queue is full'],
  [
    'many queues',
    (n: number) => `SEND\ndestination:/queue/${n}\n\n${'x'.repeat(250_000)}\0`,
    'Queue is full',
  ],
  [
    'a queue of its own',
    () => `SEND\ndestination:/temp-queue/t\n\n${'x'.repeat(250_000)}\0`,
    'Queue is full',
  ],
  ['a transaction', () => `SEND\ndestination:/topic/a\ntransaction:t\n${heavy}\n\0`, 'Transaction too large'],
])('a guest fills %s', async (_, frame, reason) => {
  const guest = await broker.connect()
  await broker.withstands(async () => {
    guest.send(
      'BEGIN\ntransaction:t\n\n\0SUBSCRIBE\nid:t\ndestination:/temp-queue/t\nack:client\nprefetch-count:1\n\n\0',
    )
    for (let n = 0; n < 300; n++) guest.send(frame(n))
    await expectRefusal(guest, reason)
  })
})

test('a guest wants 201 subscriptions', async () => {
  const raw = await broker.connect()
  await broker.withstands(async () => {
    const subscribe = (id: number): string =>
      `SUBSCRIBE\nid:${id}\ndestination:/topic/${id}.#\nreceipt:${id}\n\n\0`
    for (let id = 1; id <= 201; id++) raw.send(subscribe(id))
    await expectRefusal(raw, 'A connection may have 200 subscriptions')
    expect(raw.received).toContain('receipt-id:200\n')
    expect(raw.received).not.toContain('receipt-id:201\n\n\0RECEIPT')
  })
})

test('a guest sends without a pause, and is read no faster than it may send', async () => {
  const [raw, other] = [await broker.connect(), await broker.connect()]
  await broker.withstands(async () => {
    const frames = Buffer.from(send('', 'x'.repeat(10_000)).repeat(4_000))
    raw.send(frames)
    for (let receipt = 0; receipt < 20; receipt++) {
      other.send(`BEGIN\ntransaction:${receipt}\nreceipt:${receipt}\n\n\0`)
      await other.waitFor(`receipt-id:${receipt}\n`)
    }
    expect(raw.socket.writableLength).toBeGreaterThan(frames.length / 2)
    expect(raw.closed).toBe(false)
  })
  for (const socket of [raw.socket, other.socket]) socket.destroy()
})

test('a guest asks for receipts and reads none', async () => {
  const raw = await broker.connect()
  raw.socket.pause()
  await broker.withstands(async () => {
    const receipt = 'r'.repeat(4_000)
    const chunk = Buffer.from(
      `BEGIN\ntransaction:t\nreceipt:${receipt}\n\n\0ABORT\ntransaction:t\n\n\0`.repeat(250),
    )
    await flood(raw, chunk, 200 * megabyte.length)
    // A socket that does not read hears of its end when it writes.
    await until(() => {
      raw.send('\n')
      return raw.closed
    })
  })
})

test('who reads too slowly is cut, and resumes where it was without a gap', async () => {
  const [reader, publisher] = [await broker.connect(), await broker.connect()]
  const subscribe = (start: string): string =>
    `SUBSCRIBE\nid:s\ndestination:/topic/stream\nx-queue-type:stream\nx-stream-offset:${start}\nreceipt:s\n\n\0`
  const offsetsOf = (raw: RawSocket): number[] =>
    Array.from(raw.received.matchAll(/x-stream-offset:(\d+)\n[^\0]*\0/g), ([, offset]) => Number(offset))
  const publish = (count: number): void =>
    publisher.send(`SEND\ndestination:/topic/stream\n\n${'x'.repeat(100_000)}\0`.repeat(count))
  reader.send(subscribe('next'))
  await reader.waitFor('RECEIPT')
  publish(3)
  await until(() => offsetsOf(reader).length === 3)
  reader.socket.pause()
  await broker.withstands(async () => {
    publish(147)
    publisher.send(send('receipt:all\n'))
    await publisher.waitFor('receipt-id:all')
    reader.socket.resume()
    await reader.waitForClose()
  })
  const seen = offsetsOf(reader)
  expect(seen.length).toBeLessThan(150)
  const again = await broker.connect()
  again.send(subscribe(`offset=${seen.length}`))
  await until(() => offsetsOf(again).length === 150 - seen.length)
  expect([...seen, ...offsetsOf(again)]).toEqual(Array.from({ length: 150 }, (_, index) => index))
  for (const raw of [again, publisher]) raw.socket.destroy()
})

test('a guest fills many streams, which keep the newest', async () => {
  const guest = await broker.connect()
  await broker.withstands(async () => {
    for (let n = 0; n < 300; n++)
      guest.send(
        `SEND\ndestination:/topic/kept.${n % 20}\nx-queue-type:stream\nreceipt:${n}\n\n${n} ${'x'.repeat(250_000)}\0`,
      )
    await guest.waitFor('receipt-id:299\n')
  })
  guest.send('SUBSCRIBE\nid:s\ndestination:/topic/kept.19\nx-stream-offset:first\n\n\0')
  await guest.waitFor('\n\n299 xxx')
  expect(guest.received).not.toContain('\n\n19 xxx')
  guest.socket.destroy()
})
