/** Whatever header the broker takes from a peer of one version reaches peers of every version as a frame that our decoder takes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { versions, type Version } from '../../../../shared/stomp/frame.ts'
import { startBroker, turn } from '../fixture.ts'
import type { MemoryPeer } from '../memory-peer.ts'

const destination = '/topic/a'

/** Peers of all three versions that listen. */
const listen = async (connect: ReturnType<typeof startBroker>['connect']): Promise<MemoryPeer[]> => {
  const peers = await Promise.all(versions.map(version => connect({}, version)))
  for (const peer of peers) peer.send('SUBSCRIBE', { id: 's', destination })
  return peers
}

const character = fc.constantFrom(
  ' ',
  '\t',
  ':',
  '\\',
  '\\c',
  '\\n',
  '\\r',
  '\\\\',
  '\r',
  '\ufeff',
  'a',
  '방',
  '\u00a0',
)
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const line = fc.oneof(
  fc.tuple(text, text).map(([name, value]) => `${name}:${value}`),
  fc.constantFrom(
    ' :x',
    ':',
    '\\c:x',
    '\\n:x',
    ' redelivered:true',
    '\\credelivered:true',
    'ack\\r:1',
    '\u00a0:x',
  ),
)

test('every accepted header can be sent, in every version', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Version>(...versions),
      fc.array(
        line.filter(given => !/[\n\0]/.test(given) && given.isWellFormed()),
        { maxLength: 4 },
      ),
      async (version, lines) => {
        const { connect } = startBroker()
        const listeners = await listen(connect)
        const sender = await connect({}, version)
        sender.give(`SEND\ndestination:${destination}\n${lines.map(each => `${each}\n`).join('')}\nbody\0`)
        await turn()
        for (const { frames, bodies } of listeners) {
          expect(bodies).toEqual(sender.ended === null ? ['body'] : [])
          const message = frames.find(({ command }) => command === 'MESSAGE')
          if (!message) continue
          expect(message.headers).toMatchObject({ destination, subscription: 's', 'content-length': '4' })
          // Those that are the broker's alone.
          expect(Object.keys(message.headers).map(name => name.trim())).not.toContain('redelivered')
          expect(Object.keys(message.headers).map(name => name.trim())).not.toContain('ack')
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a 1.0 header of spaces alone is refused', async () => {
  const peer = await startBroker().connect({}, '1.0')
  peer.give(`SEND\ndestination:${destination}\n :x\n\n\0`)
  expect((await peer.waitFor('ERROR')).headers.code).toBe('bad-header')
})
