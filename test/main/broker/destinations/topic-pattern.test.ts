import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPattern, matcher } from '../../../../main/broker/destinations/topic-pattern.ts'
import { startBroker } from '../fixture.ts'

test.each([
  ['/topic/a', false],
  ['/topic/a*', false],
  ['/topic/#1', false],
  ['/topic/*', true],
  ['/topic/#', true],
  ['/topic/a.*.b', true],
  ['/topic/a.#', true],
])('%s is a pattern: %s', (destination, expected) => {
  expect(isPattern(destination)).toBe(expected)
})

test.each([
  ['/topic/*', ['/topic/a', '/topic/방'], ['/topic/a.b', '/topicx', '/queue/a']],
  ['/topic/#', ['/topic/a', '/topic/a.b.c'], ['/queue/a']],
  ['/topic/a.*', ['/topic/a.b'], ['/topic/a', '/topic/a.b.c', '/topic/b.b']],
  ['/topic/a.#', ['/topic/a', '/topic/a.b', '/topic/a.b.c'], ['/topic/ab']],
  ['/topic/#.z', ['/topic/z', '/topic/a.z', '/topic/a.z.z'], ['/topic/a', '/topic/z.a']],
  ['/topic/a.#.b.*', ['/topic/a.b.c', '/topic/a.x.b.b.c'], ['/topic/a.b', '/topic/a.c.b']],
  ['/topic/*.#.*', ['/topic/a.b', '/topic/a.b.c'], ['/topic/a']],
])('%s matches %j and not %j', (pattern, good, bad) => {
  const matches = matcher(pattern)
  expect(good.filter(destination => !matches(destination))).toEqual([])
  expect(bad.filter(destination => matches(destination))).toEqual([])
})

test('agrees with the definition by recursion', () => {
  const matchWords = ([first, ...rest]: string[], words: string[]): boolean => {
    if (first === undefined) return words.length === 0
    if (first === '#')
      return matchWords(rest, words) || (words.length > 0 && matchWords([first, ...rest], words.slice(1)))
    return words.length > 0 && (first === '*' || first === words[0]) && matchWords(rest, words.slice(1))
  }
  const words = (letters: readonly string[]): fc.Arbitrary<string[]> =>
    fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 7 })
  fc.assert(
    fc.property(words(['a', 'b', '*', '#']), words(['a', 'b']), (pattern, destination) => {
      expect(matcher(`/topic/${pattern.join('.')}`)(`/topic/${destination.join('.')}`)).toBe(
        matchWords(pattern, destination),
      )
    }),
    { numRuns: 1_000 },
  )
})

test('a pattern built to be slow is not', () => {
  const matches = matcher(`/topic/${'#.a.'.repeat(200)}b`)
  expect(matches(`/topic/${'a.'.repeat(1_000)}a`)).toBe(false)
})

test('a subscription with wildcards gets each message once, with its own destination', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'w', destination: '/topic/room.#' })
  peer.send('SUBSCRIBE', { id: 'e', destination: '/topic/room.a' })
  for (const name of ['room.a', 'room.b.c', 'other'])
    peer.send('SEND', { destination: `/topic/${name}` }, name)
  peer.send('UNSUBSCRIBE', { id: 'w' })
  peer.send('SEND', { destination: '/topic/room.a', receipt: 'r' }, 'last')
  await peer.receipt('r')
  expect(
    peer.frames.slice(1, -1).map(({ headers, body }) => [headers.subscription, headers.destination, body]),
  ).toEqual([
    ['e', '/topic/room.a', 'room.a'],
    ['w', '/topic/room.a', 'room.a'],
    ['w', '/topic/room.b.c', 'room.b.c'],
    ['e', '/topic/room.a', 'last'],
  ])
})

test('a later pattern also matches destinations that were used before', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben] = [await connect(), await connect()]
  ada.send('SUBSCRIBE', { id: '1', destination: '/topic/*' })
  broker.publish('/topic/a', { body: '1' })
  ben.send('SUBSCRIBE', { id: '2', destination: '/topic/#' })
  broker.publish('/topic/a', { body: '2' })
  ben.send('UNSUBSCRIBE', { id: '2' })
  broker.publish('/topic/a', { body: '3' })
  await expect.poll(() => [ada.bodies, ben.bodies]).toEqual([['1', '2', '3'], ['2']])
})
