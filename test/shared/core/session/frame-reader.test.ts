import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader, largestFrame } from '../../../../shared/core/session/frame-reader.ts'

const utf8 = new TextEncoder()
const text = new TextDecoder()

/** Reads the chunks, and records what comes out of them in order. */
const read = (chunks: Iterable<Uint8Array>) => {
  const told: string[] = []
  const reader = new FrameReader({
    onMessage: ({ headers, body }) => told.push(`MESSAGE ${JSON.stringify(headers)} ${body}`),
    onError: ({ command, headers }) => told.push(`${command} ${JSON.stringify(headers)}`),
    forward: bytes => told.push(text.decode(bytes)),
    onOverflow: () => told.push('overflow'),
  })
  for (const chunk of chunks) reader.read(chunk)
  return told
}
const readText = (...chunks: string[]): string[] => read(chunks.map(chunk => utf8.encode(chunk)))

const connected = (version = '1.2'): string => `CONNECTED\nversion:${version}\n\n\0`
const message = (body: string, headers = 'a:b'): string => `MESSAGE\n${headers}\n\n${body}\0`

test('messages are read here, other frames and heart-beats go to the library unchanged', () => {
  const receipt = 'RECEIPT\nreceipt-id:receipt-1\n\n\0'
  const error = 'ERROR\nmessage:no\\cway\n\n안 돼요\0'
  expect(readText(connected(), '\n', message('안녕') + receipt + message('둘'), '\n\n', error)).toEqual([
    connected(),
    '\n',
    'MESSAGE {"a":"b"} 안녕',
    receipt,
    'MESSAGE {"a":"b"} 둘',
    '\n\n',
    'ERROR {"message":"no:way"}',
  ])
})

test('heart-beats before a frame in the same chunk are told, and the frame is read', () => {
  expect(readText(connected(), `\n\n${message('x')}`)).toEqual([connected(), '\n\n', 'MESSAGE {"a":"b"} x'])
})

test('a line feed inside a frame that spans chunks is no heart-beat', () => {
  expect(readText(connected(), 'MESSAGE\na:b\n', '\n', '\n', '\n\0')).toEqual([
    connected(),
    'MESSAGE {"a":"b"} \n\n',
  ])
})

test.each([
  ['1.0', 'a\\nb\\cc'],
  ['1.1', 'a\nb:c'],
  ['1.2', 'a\nb:c'],
])('headers are unescaped by the version of CONNECTED: %s', (version, value) => {
  const [, told] = readText(connected(version), message('', 'x:a\\nb\\cc'))
  expect(told).toBe(`MESSAGE ${JSON.stringify({ x: value })} `)
})

test('from a frame on that no specification allows, the library reads on, without a byte missing', () => {
  const odd = message('one', 'x:C\\temp') + message('two')
  const [first, second, ...rest] = readText(
    connected(),
    message('zero') + odd.slice(0, 20),
    odd.slice(20),
    message('three'),
  )
  expect([first, second]).toEqual([connected(), 'MESSAGE {"a":"b"} zero'])
  expect(rest.join('')).toBe(odd + message('three'))
})

test('a web page goes to the library as it is', () => {
  expect(readText('<html>\n\n<body>\n', '</body>')).toEqual(['<html>\n\n<body>\n', '</body>'])
})

test('a frame beyond the limit is told, whether its length is known or not', () => {
  const part = new Uint8Array(1024 * 1024).fill(97)
  const parts = Array.from({ length: largestFrame / part.length }, () => part)
  expect(read([utf8.encode(`MESSAGE\ncontent-length:${largestFrame}\n\n`)])).toEqual(['overflow'])
  expect(read([utf8.encode('MESSAGE\n\n'), ...parts])).toEqual(['overflow'])
})

test('however the bytes are split, the same comes out', () => {
  const bytes = utf8.encode(connected() + message('안녕하세요') + message('{"a":1}\n', 'content-length:8'))
  const whole = read([bytes])
  fc.assert(
    fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 }), cuts => {
      const at = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      const chunks = at.slice(1).map((end, index) => bytes.slice(at[index], end))
      expect(read(chunks.filter(({ length }) => length > 0))).toEqual(whole)
    }),
  )
})
