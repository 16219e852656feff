import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatHead } from '../../../shared/stomp/head.ts'
import { escapeHeader, unescapeHeader } from '../../../shared/stomp/header-escapes.ts'
import { decode } from './frames.ts'

test('writes command, headers and a blank line', () => {
  expect(formatHead('SEND', [['destination', '/topic/방']], '1.2')).toBe('SEND\ndestination:/topic/방\n\n')
  expect(formatHead('ACK', [], '1.2')).toBe('ACK\n\n')
})

test('escapes by the rules of the version', () => {
  expect(escapeHeader('a\nb:c\\d\re', '1.2')).toBe('a\\nb\\cc\\\\d\\re')
  expect(escapeHeader('a\nb:c\\d\re', '1.1')).toBe('a\\nb\\cc\\\\d\re')
})

test('CONNECTED is not escaped, because peers of every version read it', () => {
  expect(formatHead('CONNECTED', [['server', 'a:b\\c']], '1.2')).toBe('CONNECTED\nserver:a:b\\c\n\n')
})

test('escaped text is restored', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'n', 'c', 'r', '방', ':', '\\', '\n', '\r') })
  fc.assert(fc.property(text, value => unescapeHeader(escapeHeader(value, '1.2'), '1.2') === value))
  fc.assert(fc.property(text, value => unescapeHeader(escapeHeader(value, '1.1'), '1.1') === value))
})

test('no value can add a header, in any version', () => {
  for (const version of ['1.0', '1.1', '1.2'] as const) {
    const head = formatHead('MESSAGE', [['nick', 'a\nsender:admin\n\nbody']], version)
    const [frame] = decode(`${head}\0`, version)
    expect([...(frame?.headers.keys() ?? [])]).toEqual(['nick'])
  }
})

test.each([
  ['1.2', 'sender:a\nb'],
  ['1.1', 'sender:a\nb'],
  ['1.0', 'sender a b'],
] as const)('no name can end before its colon, in %s', (version, name) => {
  const head = formatHead('MESSAGE', [['sender:a\nb', 'x']], version)
  expect([...(decode(`${head}\0`, version)[0]?.headers ?? [])]).toEqual([[name, 'x']])
})
