import { expect, test } from 'vitest'
import { activeLimits, defaultLimits } from '../../../../main/broker/options/limits.ts'
import { parseCommandLine } from '../../../../main/host/cli/command-line.ts'
import { limitsOf } from '../../../../main/host/cli/limits.ts'
import { createTranslator } from '../../../../shared/i18n/index.ts'

const limitsFrom = (line: string) => {
  const parsed = parseCommandLine(line.split(' ').filter(Boolean), '1.2.3', createTranslator('en'), {})
  if (parsed.command !== 'host') throw new Error(`${line} runs no host`)
  return activeLimits(limitsOf(parsed.settings))
}

test('without options the broker’s defaults apply', () => {
  expect(limitsFrom('')).toEqual(activeLimits())
})

test.each([
  ['max-connections', 'connections'],
  ['max-connections-per-address', 'connectionsPerAddress'],
  ['connect-timeout', 'connectTimeout'],
  ['max-connect-frame', 'frameBytesBeforeConnect'],
  ['max-frame', 'frameBytes'],
  ['max-headers', 'headers'],
  ['max-header', 'headerBytes'],
  ['max-header-name', 'headerNameLength'],
  ['max-subscriptions', 'subscriptions'],
  ['send-rate', 'sendRate'],
  ['max-backlog', 'backlogBytes'],
  ['max-backlog-time', 'backlogAge'],
] as const)('--%s sets %s and nothing else, 0 lifts it', (flag, limit) => {
  const { connectionsPerLoopback: _loopback, beforeConnect: _before, ...set } = limitsFrom(`--${flag} 7`)
  const { connectionsPerLoopback: _usual, ...usual } = defaultLimits
  expect(set).toEqual({ ...usual, [limit]: 7 })
  expect(limitsFrom(`--${flag} 0`)[limit]).toBe(Infinity)
})

test('a given limit for each address applies to this computer, too', () => {
  expect(limitsFrom('').connectionsPerLoopback).toBe(Infinity)
  expect(limitsFrom('--max-connections-per-address 7').connectionsPerLoopback).toBe(7)
})
