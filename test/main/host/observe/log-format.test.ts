import { expect, test } from 'vitest'
import { createLogger, safeLine } from '../../../../main/host/observe/log-format.ts'
import { expectLinear, hostileTexts } from '../../../shared/text/growth.ts'

const lineOf = (fields: Record<string, unknown>): string => {
  const lines: string[] = []
  createLogger('info', { write: line => lines.push(line) }).info(fields, 'said')
  expect(lines).toHaveLength(1)
  return lines[0] ?? ''
}

test.each(['\u009b31m', '\u001b]0;title\u0007', '\u0085', '\u007f', '\u202e', '\u2028'])(
  'a line holds %j escaped, and it reads back as it was',
  text => {
    const line = lineOf({ reason: text })
    expect(line).toMatch(/^[\x20-\x7e]*\n$/)
    expect(JSON.parse(line)).toMatchObject({ reason: text, event: 'said' })
  },
)

test.each([
  ['wss://box.example/stomp?access_token=S1', 'wss://box.example/stomp?…'],
  ['stompbox://join?url=ws%3A%2F%2Fa&passcode=S1', 'stompbox://join?…'],
  ['stompbox://join#S1', 'stompbox://join?…'],
  ['https://ada:S1@box.example:7070/ws', 'https://box.example:7070/ws'],
  ['ws://S1@[::1]:7070/stomp', 'ws://[::1]:7070/stomp'],
  ['no way to HTTP://a:S1@b?S2 and ws://c?S3, twice', 'no way to HTTP://b?… and ws://c?… twice'],
  ['ws://192.168.0.14:7070/stomp', 'ws://192.168.0.14:7070/stomp'],
])('%s is logged as %s', (url, logged) => {
  const line = lineOf({ url, nested: { detail: `Error: ${url}` } })
  expect(line).not.toMatch(/S\d/)
  expect(JSON.parse(line)).toMatchObject({ url: logged })
})

test('secrets and texts are redacted, wherever they come from', () => {
  const line = lineOf({ passcode: 'S1', frame: { 'device-key': 'S2', body: 'S3' }, content: 'S4', room: 'r' })
  expect(line).not.toMatch(/S\d/)
  expect(line).toContain('"room":"r"')
})

test.each([
  ...hostileTexts,
  ['schemes without an end', (length: number) => 'a.'.repeat(length / 2)],
  ['URLs without a path', (length: number) => 'ws://'.repeat(length / 5)],
  ['at signs', (length: number) => `ws://${'@'.repeat(length)}`],
] as const)('%s takes time in proportion', (_what, make) => {
  expectLinear(safeLine, make)
})
