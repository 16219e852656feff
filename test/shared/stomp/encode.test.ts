import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../../shared/stomp/encode.ts'
import { escapeHeader, unescapeHeader } from '../../../shared/stomp/header-escapes.ts'
import { bytesOf, decode, textOf } from './frames.ts'

test('writes command, headers, blank line, body and NUL', () => {
  const bytes = encodeFrame(
    { command: 'SEND', headers: [['destination', '/topic/방']], body: bytesOf('안녕') },
    '1.2',
  )
  expect(textOf(bytes)).toBe('SEND\ndestination:/topic/방\n\n안녕\0')
  expect(textOf(encodeFrame({ command: 'ACK', headers: [] }, '1.2'))).toBe('ACK\n\n\0')
})

test('escapes as the version does', () => {
  expect(escapeHeader('a\nb:c\\d\re', '1.2')).toBe('a\\nb\\cc\\\\d\\re')
  expect(escapeHeader('a\nb:c\\d\re', '1.1')).toBe('a\\nb\\cc\\\\d\re')
})

test('CONNECTED is not escaped, for peers of every version read it', () => {
  expect(textOf(encodeFrame({ command: 'CONNECTED', headers: [['server', 'a:b\\c']] }, '1.2'))).toBe(
    'CONNECTED\nserver:a:b\\c\n\n\0',
  )
})

test('what is escaped comes back', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'n', 'c', 'r', '방', ':', '\\', '\n', '\r') })
  fc.assert(fc.property(text, value => unescapeHeader(escapeHeader(value, '1.2'), '1.2') === value))
  fc.assert(fc.property(text, value => unescapeHeader(escapeHeader(value, '1.1'), '1.1') === value))
})

test('no value can add a header, in any version', () => {
  for (const version of ['1.0', '1.1', '1.2'] as const) {
    const bytes = encodeFrame({ command: 'MESSAGE', headers: [['nick', 'a\nsender:admin\n\nbody']] }, version)
    const [frame] = decode(textOf(bytes), version)
    expect([...(frame?.headers.keys() ?? [])]).toEqual(['nick'])
  }
})

test.each([
  ['1.2', 'sender:a\nb'],
  ['1.1', 'sender:a\nb'],
  ['1.0', 'sender a b'],
] as const)('no name can end before its colon, in %s', (version, name) => {
  const bytes = encodeFrame({ command: 'MESSAGE', headers: [['sender:a\nb', 'x']] }, version)
  expect([...(decode(textOf(bytes), version)[0]?.headers ?? [])]).toEqual([[name, 'x']])
})
