import { hostname } from 'node:os'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseCommandLine, UsageExit } from '../../../main/host/command-line.ts'
import { defaultDataFolder } from '../../../main/host/data-folder.ts'
import type { Language } from '../../../shared/contract/model.ts'
import { createTranslator } from '../../../shared/i18n/index.ts'

beforeEach(() => {
  vi.stubEnv('STOMPBOX_PASSCODE', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const parse = (line: string, language: Language = 'en') =>
  parseCommandLine(line.split(' ').filter(Boolean), '1.2.3', createTranslator(language))

const exitOf = (line: string, language?: Language) => {
  try {
    parse(line, language)
  } catch (thrown) {
    if (thrown instanceof UsageExit) return { exitCode: thrown.exitCode, text: thrown.text }
    throw thrown
  }
  throw new Error('nothing was thrown')
}

test('without options it is a host for this computer', () => {
  expect(parse('')).toEqual({
    bind: '127.0.0.1',
    port: 7070,
    tcpPort: null,
    data: defaultDataFolder(),
    passcode: null,
    name: hostname(),
    logLevel: 'info',
  })
})

test('everything can be given', () => {
  const line =
    '--bind 0.0.0.0 --port 0 --tcp-port 61613 --data /tmp/box --passcode=secret --name 지우의-상자 --log-level silent'
  expect(parse(line)).toEqual({
    bind: '0.0.0.0',
    port: 0,
    tcpPort: 61613,
    data: '/tmp/box',
    passcode: 'secret',
    name: '지우의-상자',
    logLevel: 'silent',
  })
})

test('the passcode may come from the environment; an empty one is none; the flag wins', () => {
  vi.stubEnv('STOMPBOX_PASSCODE', 'from outside')
  expect(parse('').passcode).toBe('from outside')
  expect(parse('--passcode flag').passcode).toBe('flag')
  vi.stubEnv('STOMPBOX_PASSCODE', '')
  expect(parse('').passcode).toBeNull()
})

test('help and version are no mistakes', () => {
  const help = exitOf('--help')
  expect(help.exitCode).toBe(0)
  for (const flag of ['--bind', '--port', '--data', '--passcode', '--name', '--log-level', '"ready":true']) {
    expect(help.text).toContain(flag)
  }
  expect(exitOf('-h', 'ko').text).toMatch(/^사용법:/)
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
  ['general', /Only options/],
  ['--bind 0.0.0.0', /without a passcode/],
  ['--bind 192.168.0.14 --passcode=', /without a passcode/],
  [`--name ${'x'.repeat(65)}`, /--name/],
])('%s gets one sentence', (line, sentence) => {
  const { exitCode, text } = exitOf(line)
  expect(exitCode).toBe(2)
  expect(text).toMatch(sentence)
  expect(text).not.toContain('\n')
})

test('the sentence is Korean for a person who reads Korean', () => {
  expect(exitOf('--nope', 'ko').text).toBe('--nope(이)라는 옵션은 없어요. --help로 목록을 볼 수 있어요.')
  expect(exitOf('--bind 0.0.0.0', 'ko').text).toContain('암호')
})
