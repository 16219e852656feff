import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import { FrameError, type FrameErrorCode, type Version } from '../../../shared/stomp/frame.ts'
import { bytesOf, decode, decodeInParts, encodeFrame, textOf, wide } from './frames.ts'

const codeOf = (run: () => unknown): FrameErrorCode | null => {
  try {
    run()
    return null
  } catch (thrown) {
    if (thrown instanceof FrameError) return thrown.code
    throw thrown
  }
}

const hasBody = (command: string): boolean => ['SEND', 'MESSAGE', 'ERROR'].includes(command)
const headerText = fc
  .string({ unit: 'binary', maxLength: 20 })
  .filter(text => text.isWellFormed() && !text.includes('\0'))
const frame = fc
  .record({
    command: fc.constantFrom('SEND', 'MESSAGE', 'SUBSCRIBE', 'ACK', 'ERROR'),
    headers: fc.uniqueArray(
      fc.tuple(
        headerText.filter(name => name !== '' && name !== 'content-length'),
        headerText,
      ),
      {
        selector: ([name]) => name,
        maxLength: 8,
      },
    ),
    body: fc.uint8Array({ maxLength: 300 }),
  })
  .filter(({ command, body }) => hasBody(command) || !body.includes(0))

test('every frame survives encoding, any split of the bytes, and decoding', () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 5 }),
      fc.array(fc.nat(2_000), { maxLength: 12 }),
      (frames, cuts) => {
        const encoded = frames.map(({ command, headers, body }) =>
          encodeFrame(
            { command, headers: [...headers, ['content-length', String(body.length)]], body },
            '1.2',
          ),
        )
        const decoded = decodeInParts(
          Buffer.concat(encoded.flatMap(bytes => [bytes, bytesOf('\r\n\n')])),
          cuts,
        )
        expect(
          decoded.map(({ command, headers, body }) => ({
            command,
            headers: [...headers].filter(([name]) => name !== 'content-length'),
            body: new Uint8Array(body),
          })),
        ).toEqual(frames)
      },
    ),
  )
})

test('a large frame that arrives byte by byte is read completely', () => {
  const body = new Uint8Array(60_000).fill(7)
  const bytes = encodeFrame({ command: 'SEND', headers: [['content-length', '60000']], body }, '1.2')
  const frames = decodeInParts(
    bytes,
    Array.from({ length: bytes.length }, (_, index) => index),
  )
  expect(frames.map(({ body }) => body.length)).toEqual([60_000])
})

test('content-length lets a body hold NUL; without it the body ends at the first', () => {
  expect(decode('SEND\ncontent-length:3\n\na\0b\0').map(({ body }) => textOf(body))).toEqual(['a\0b'])
  expect(decode('SEND\n\na\0\nSEND\n\nb\0').map(({ body }) => textOf(body))).toEqual(['a', 'b'])
})

test.each([
  'CONNECT',
  'STOMP',
  'SUBSCRIBE',
  'UNSUBSCRIBE',
  'ACK',
  'NACK',
  'BEGIN',
  'COMMIT',
  'ABORT',
  'DISCONNECT',
  'RECEIPT',
])('%s can’t have a body: its content-length is ignored', command => {
  for (const [length, body] of [
    ['5', ''],
    ['5', 'hello'],
    ['2', 'hello'],
    ['999999', ''],
    ['x', ''],
  ]) {
    const frames = decode(`${command}\ncontent-length:${length}\n\n${body}\0SEND\n\nnext\0`)
    expect(frames.map(frame => [frame.command, textOf(frame.body)])).toEqual([
      [command, body],
      ['SEND', 'next'],
    ])
  }
})

test.each(['SEND', 'MESSAGE', 'ERROR'])('%s has the body that its content-length says', command => {
  expect(decode(`${command}\ncontent-length:3\n\na\0b\0`).map(({ body }) => textOf(body))).toEqual(['a\0b'])
})

test('line ends between frames, or their absence, are ignored', () => {
  expect(decode('\n\r\n\nSEND\n\n\0SEND\n\n\0\n\n')).toHaveLength(2)
  expect(decode('\n\n\n')).toEqual([])
})

test('a surplus NUL between frames is ignored, wherever the bytes are split', () => {
  const text = 'SEND\n\na\0\0\n\0SEND\ncontent-length:1\n\nb\0\0'
  const everywhere = Array.from({ length: text.length }, (_, index) => index)
  for (const cuts of [[], everywhere])
    expect(decodeInParts(bytesOf(text), cuts).map(({ body }) => textOf(body))).toEqual(['a', 'b'])
})

test('spaces around the number of a content-length are ignored', () => {
  for (const version of ['1.0', '1.1', '1.2'] as const)
    expect(decode('SEND\ncontent-length: 3 \n\na\0b\0', version).map(({ body }) => textOf(body))).toEqual([
      'a\0b',
    ])
})

test('of repeated headers the first counts', () => {
  for (const version of ['1.0', '1.1', '1.2'] as const)
    expect(decode('SEND\nfoo:World\nfoo:Hello\n\n\0', version)[0]?.headers.get('foo')).toBe('World')
})

test('a carriage return belongs to the line end', () => {
  const [frame] = decode('SEND\r\ndestination:/topic/a\r\nx:\r\n\r\nbody\r\n\0')
  expect(frame).toMatchObject({ command: 'SEND' })
  expect([...(frame?.headers ?? [])]).toEqual([
    ['destination', '/topic/a'],
    ['x', ''],
  ])
  expect(textOf(frame?.body ?? new Uint8Array())).toBe('body\r\n')
})

test.each<[Version, string, string]>([
  ['1.2', 'a\\nb\\cc\\\\d\\re', 'a\nb:c\\d\re'],
  ['1.1', 'a\\nb\\cc\\\\d', 'a\nb:c\\d'],
  ['1.0', ' a\\nb:c ', 'a\\nb:c'],
  ['1.2', ' spaces stay ', ' spaces stay '],
])('%s reads the header %j', (version, written, meant) => {
  expect(decode(`SEND\nh:${written}\n\n\0`, version)[0]?.headers.get('h')).toBe(meant)
})

test('CONNECT is never escaped', () => {
  expect(decode('CONNECT\npasscode:a\\b\n\n\0')[0]?.headers.get('passcode')).toBe('a\\b')
})

test.each<[FrameErrorCode, string, Version?]>([
  ['bad-command', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['bad-command', 'send\n\n\0'],
  ['bad-header', 'SEND\nno colon\n\n\0'],
  ['bad-header', 'SEND\n:no name\n\n\0'],
  ['nul-in-header', 'SEND\na:b\0c\n\n\0'],
  ['nul-in-header', 'DISCONNECT\0'],
  ['bad-escape', 'SEND\na:b\\tc\n\n\0'],
  ['bad-escape', 'SEND\na:b\\\n\n\0'],
  ['bad-escape', 'SEND\na:b\\rc\n\n\0', '1.1'],
  ['bad-content-length', 'SEND\ncontent-length:2\n\nabc\0'],
  ['bad-content-length', 'SEND\ncontent-length:-1\n\n\0'],
  ['bad-content-length', 'SEND\ncontent-length:1e3\n\n\0'],
  ['bad-content-length', 'SEND\ncontent-length:1 3\n\n\0'],
  ['bad-content-length', 'SEND\ncontent-length: \n\n\0'],
  ['frame-too-large', 'SEND\ncontent-length:999999\n\n'],
  ['frame-too-large', `SEND\n\n${'x'.repeat(70_000)}`],
  ['header-too-long', `SEND\na:${'x'.repeat(9_000)}`],
  ['header-too-long', `SEND\n${'n'.repeat(300)}:x\n\n\0`],
  ['header-too-long', 'x'.repeat(9_000)],
  ['too-many-headers', `SEND\n${'a:b\n'.repeat(65)}`],
])('%s: %j', (code, text, version) => {
  expect(codeOf(() => decode(text, version))).toBe(code)
  expect(codeOf(() => decodeInParts(bytesOf(text), [3, 9, 20, 500, 8_300], version))).toBe(code)
})

test('values at the limits are accepted', () => {
  expect(decode(`SEND\n${'a:b\n'.repeat(64)}\n\0`)).toHaveLength(1)
  const body = 'x'.repeat(wide.frameBytes - 'SEND\n\n\0'.length)
  expect(decode(`SEND\n\n${body}\0`)).toHaveLength(1)
  expect(codeOf(() => decode(`SEND\n\n${body}x\0`))).toBe('frame-too-large')
})

test('headers that are not UTF-8 are refused, bodies may be anything', () => {
  const bad = Uint8Array.of(0xff, 0xfe, 0xc0)
  expect(codeOf(() => decodeInParts(Buffer.concat([bytesOf('SEND\na:'), bad, bytesOf('\n\n\0')]), []))).toBe(
    'bad-utf8',
  )
  const [frame] = decodeInParts(Buffer.concat([bytesOf('SEND\n\n'), bad, bytesOf('\0')]), [7])
  expect([...(frame?.body ?? [])]).toEqual([...bad])
})

test('bodies stay unchanged when more bytes arrive', () => {
  const decoder = new FrameDecoder(wide)
  decoder.push(bytesOf('SEND\n\nfir'))
  expect(decoder.next()).toBeNull()
  decoder.push(bytesOf('st\0SEND\n\nsec'))
  const first = decoder.next()
  expect(decoder.next()).toBeNull()
  decoder.push(bytesOf('ond, and longer than what was there before\0'))
  const second = decoder.next()
  expect(textOf(first?.body ?? new Uint8Array())).toBe('first')
  expect(textOf(second?.body ?? new Uint8Array())).toMatch(/^second, and longer/)
})
