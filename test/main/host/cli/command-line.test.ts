import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseCommandLine, UsageExit } from '../../../../main/host/cli/command-line.ts'
import { defaultDataFolder } from '../../../../main/host/cli/data-folder.ts'
import { kebab, settingNames } from '../../../../main/host/cli/settings.ts'
import type { Language } from '../../../../shared/contract/model.ts'
import { createTranslator } from '../../../../shared/i18n/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

type Environment = Record<string, string>

const parse = (line: string, environment: Environment = {}, language: Language = 'en') =>
  parseCommandLine(line.split(' ').filter(Boolean), '1.2.3', createTranslator(language), environment)

const settingsOf = (line: string, environment?: Environment) => {
  const parsed = parse(line, environment)
  if (parsed.command !== 'host') throw new Error(`${line} runs no host`)
  return parsed.settings
}

const exitOf = (line: string, language?: Language, environment?: Environment) => {
  try {
    parse(line, environment, language)
  } catch (thrown) {
    if (thrown instanceof UsageExit) return { exitCode: thrown.exitCode, text: thrown.text }
    throw thrown
  }
  throw new Error('nothing was thrown')
}

const textFile = (text: string): string => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, text)
  return file
}

test('without options it is a host for this computer', () => {
  expect(settingsOf('')).toEqual({
    bind: '127.0.0.1',
    port: 7070,
    data: defaultDataFolder(),
    passcode: null,
    name: hostname(),
    tls: false,
    advertise: false,
    maxConnections: 256,
    maxSubscriptions: 200,
    maxFrame: 256 * 1024,
    maxConnectFrame: 16 * 1024,
    maxHeaders: 32,
    maxHeader: 4 * 1024,
    maxHeaderName: 64,
    maxBacklog: 1024 * 1024,
    maxBacklogTime: 10_000,
    maxNames: 10_000,
    sendRate: 1000,
    sendBytes: 256 * 1024,
    connectTimeout: 5000,
    keepDays: 0,
    keepMessages: 0,
    keepBytes: 1024 ** 3,
    keepFree: 256 * 1024 ** 2,
    metricsBind: '127.0.0.1',
    logLevel: 'info',
  })
})

const everything = {
  bind: '0.0.0.0',
  port: 0,
  'tcp-port': 61613,
  'allow-host': 'chat.example.org,chat',
  data: '/srv/box',
  passcode: 'a-secret',
  name: '지우의-상자',
  tls: true,
  advertise: true,
  'tls-cert': '/srv/cert.pem',
  'tls-key': '/srv/key.pem',
  'max-connections': 0,
  'max-connections-per-address': 8,
  'max-subscriptions': 20,
  'max-frame': 4096,
  'max-connect-frame': 2048,
  'max-headers': 16,
  'max-header': 1024,
  'max-header-name': 32,
  'max-backlog': 65536,
  'max-backlog-time': 3000,
  'max-names': 500,
  'send-rate': 50,
  'send-bytes': 65536,
  'connect-timeout': 1000,
  'keep-days': 30,
  'keep-messages': 1000,
  'keep-bytes': 1000000,
  'keep-free': 5000000,
  metrics: 9464,
  'metrics-bind': '::1',
  'log-level': 'silent',
}
const understood = {
  bind: '0.0.0.0',
  port: 0,
  tcpPort: 61613,
  allowHost: ['chat.example.org', 'chat'],
  data: '/srv/box',
  passcode: 'a-secret',
  name: '지우의-상자',
  tls: true,
  advertise: true,
  tlsCert: '/srv/cert.pem',
  tlsKey: '/srv/key.pem',
  maxConnections: 0,
  maxConnectionsPerAddress: 8,
  maxSubscriptions: 20,
  maxFrame: 4096,
  maxConnectFrame: 2048,
  maxHeaders: 16,
  maxHeader: 1024,
  maxHeaderName: 32,
  maxBacklog: 65536,
  maxBacklogTime: 3000,
  maxNames: 500,
  sendRate: 50,
  sendBytes: 65536,
  connectTimeout: 1000,
  keepDays: 30,
  keepMessages: 1000,
  keepBytes: 1000000,
  keepFree: 5000000,
  metrics: 9464,
  metricsBind: '::1',
  logLevel: 'silent',
}

test('every option can be given as a flag, in the environment and in a file', () => {
  const entries = Object.entries(everything)
  expect([...entries.map(([name]) => name), 'passcode-file'].sort()).toEqual(settingNames.map(kebab).sort())
  const flags = entries.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`))
  expect(settingsOf(flags.join(' '))).toEqual(understood)
  const variables = entries.map(([name, value]) => [
    `STOMPBOX_${name.replaceAll('-', '_').toUpperCase()}`,
    String(value),
  ])
  expect(settingsOf('', Object.fromEntries(variables) as Environment)).toEqual(understood)
  expect(settingsOf(`--config ${textFile(JSON.stringify(everything))}`)).toEqual(understood)
})

test('flags override the environment, and the environment overrides the file', () => {
  const config = textFile('{"port": 1111, "send-rate": 1, "name": "file", "tls": true}')
  const environment = { STOMPBOX_CONFIG: config, STOMPBOX_PORT: '2222', STOMPBOX_NAME: 'environment' }
  expect(settingsOf('--port 3333', { ...environment, STOMPBOX_TLS: 'false' })).toMatchObject({
    port: 3333,
    name: 'environment',
    sendRate: 1,
    tls: false,
    advertise: false,
  })
  expect(settingsOf(`--config ${textFile('{"port": 4444}')}`, { STOMPBOX_CONFIG: config }).port).toBe(4444)
})

test('the passcode may be in the environment or on the first line of a file; an empty variable is ignored', () => {
  const environment = { STOMPBOX_PASSCODE: 'from outside' }
  expect(settingsOf('', environment).passcode).toBe('from outside')
  expect(settingsOf('--passcode flag', environment).passcode).toBe('flag')
  expect(settingsOf(`--passcode-file ${textFile('of the file\r\nmore')}`, environment).passcode).toBe(
    'of the file',
  )
  expect(settingsOf('', { STOMPBOX_PASSCODE: '' }).passcode).toBeNull()
  expect(settingsOf(`--passcode-file ${textFile('\uFEFFof Notepad\r\n')}`).passcode).toBe('of Notepad')
  expect(exitOf(`--passcode-file ${textFile('\n')}`)).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('has no passcode on its first line') as string,
  })
})

test('backup and restore take a file, and the data folder from any source', () => {
  expect(parse('backup box.sqlite --data /srv/box')).toEqual({
    command: 'backup',
    file: 'box.sqlite',
    data: '/srv/box',
    force: false,
  })
  expect(parse('restore box.sqlite --force', { STOMPBOX_DATA: '/srv/other' })).toEqual({
    command: 'restore',
    file: 'box.sqlite',
    data: '/srv/other',
    force: true,
  })
})

test('help and version are not errors', () => {
  const help = exitOf('--help')
  expect(help.exitCode).toBe(0)
  for (const name of [...Object.keys(everything), 'config', 'passcode-file'])
    expect(help.text).toContain(`--${name}`)
  expect(help.text).toContain('"ready":true')
  expect(exitOf('-h', 'ko').text).toMatch(/^사용법:/)
  expect(exitOf('backup --help', 'ko').text).toContain('인자:')
  expect(exitOf('--version')).toEqual({ exitCode: 0, text: '1.2.3\n' })
})

test.each([
  ['--nope', /no option --nope/],
  ['--port', /--port needs a value/],
  ['--port eighty', /^eighty can’t be a port/],
  ['--tcp-port x', /^x can’t be a port/],
  ['--port 65536', /^65536 can’t be a port/],
  ['--port 80x', /^80x can’t be a port/],
  ['--log-level loud', /^loud can’t be used for --log-level.*info, error, silent/],
  ['general', /^Use options and the commands backup and restore only/],
  ['--bind 0.0.0.0', /^Without a passcode.*--passcode-file/],
  ['--bind 0.0.0.0 --passcode 1234567', /^Others could guess.*at least 8/],
  ['--passcode=', /--passcode needs a value/],
  ['--data= --port 0', /--data needs a value/],
  ['--port=', /--port needs a value/],
  [`--name ${'x'.repeat(65)}`, /--name/],
  ['--max-frame -1', /^-1 can’t be used for --max-frame.*0 to 9007199254740991/],
  ['--send-rate 1.5', /^1.5 can’t be used for --send-rate/],
  ['--tls-key key.pem', /--tls-key needs --tls-cert/],
  ['--passcode a --passcode-file b', /given twice/],
  ['--passcode-file /nowhere/at/all', /^\/nowhere\/at\/all can’t be read/],
  ['--config /nowhere/at/all', /^\/nowhere\/at\/all can’t be read/],
  ['backup', /^Which file/],
  ['backup a b', /^Use options and the commands backup and restore only/],
  ['backup a --port 1', /no option --port/],
])('%s gets one sentence', (line, sentence) => {
  const { exitCode, text } = exitOf(line)
  expect(exitCode).toBe(2)
  expect(text).toMatch(sentence)
  expect(text).not.toContain('\n')
})

test('the sentence is Korean for a Korean locale', () => {
  expect(exitOf('--nope', 'ko').text).toBe('--nope(이)라는 옵션은 없어요. --help로 목록을 볼 수 있어요.')
  expect(exitOf('--bind 0.0.0.0', 'ko').text).toContain('암호')
})

test.each([
  ['{"prot": 1}', /sets “prot”, which is not an option/],
  ['{"allow-host": ["a", "b"]}', /gives “allow-host” a value that is not text/],
  ['[{"port": 1}]', /is not a configuration file/],
  ['port = 1', /is not a configuration file/],
  ['{"tls": "yes"}', /^yes can’t be used for tls. Choose one of: true, false/],
])('a file that says %s gets one sentence', (text, sentence) => {
  expect(exitOf(`--config ${textFile(text)}`)).toMatchObject({
    exitCode: 2,
    text: expect.stringMatching(sentence) as string,
  })
})

test('a misspelt or invalid variable is named', () => {
  expect(exitOf('', 'en', { STOMPBOX_PASCODE: 'x' }).text).toContain('STOMPBOX_PASCODE')
  expect(exitOf('', 'en', { STOMPBOX_SEND_RATE: 'x' }).text).toContain(
    'x can’t be used for STOMPBOX_SEND_RATE',
  )
})

test('the sample for systemd only uses existing options', () => {
  const unit = readFileSync(new URL('../../../../docs/stompbox-host.service', import.meta.url), 'utf8')
  const entries = [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, variable = '', value = '']) => [
    variable,
    value.replace('%d/passcode', textFile('of-the-unit\n')).replace('%S', '/var/lib'),
  ])
  expect(settingsOf('', Object.fromEntries(entries) as Environment)).toMatchObject({
    bind: '0.0.0.0',
    data: '/var/lib/stompbox-host',
    passcode: 'of-the-unit',
    tls: true,
    metrics: 9464,
  })
})
