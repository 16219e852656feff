/** The chat of `test/servers/spring` in its three shapes, each with the same broker behind it. */
import { describe, expect, test } from 'vitest'
import type { Profile } from '../../shared/contract/profile.ts'
import { conforms } from './conformance.ts'
import { eventually, isThere, meet, messagesOf, roomOf, say, textsOf } from './people.ts'
import { profileFile } from './profile-files.ts'
import { useServer, type RealServer } from './real-server.ts'

/** @returns the profile of the shape `rooms` at this server, whose login is elsewhere than in the file. */
export const withLoginAt = (profile: Profile, http: string): Profile => {
  const { token } = profile.connect
  if (token?.source.from !== 'login') throw new Error('the profile has no login request')
  const source = { ...token.source, url: `${http}/login` }
  return { ...profile, connect: { ...profile.connect, token: { ...token, source } } }
}

// Spring has Tomcat take messages of 16 Ki UTF-16 units.
const large = '가나다라'.repeat(3500)
const tooLarge = '가'.repeat(20_000)

/** @param relay to the broker that delivers the messages; null: Spring's own. */
export const springShapes = (relay: RealServer | null): void => {
  const options = () => {
    const address = relay?.tcp[0]?.replace('stomp://', '')
    return address === undefined ? [] : ['--relay', address]
  }
  // Without receipts, nothing tells whether the message or the one behind it arrived.
  const limits = { large, ...(relay && { tooLarge: { text: tooLarge, code: 'frame-too-large' as const } }) }

  describe('/app and /topic, as most tutorials write it: one public room', async () => {
    const server = useServer('spring', () => ['--shape', 'topic', ...options()])
    const profile = await profileFile('spring-topic')
    conforms({
      server,
      account: () => ({ url: server.ws[0] ?? '', profile }),
      onlyRoom: 'public',
      ...limits,
    })
  })

  describe.runIf(relay)('a relay whose broker fails', async () => {
    const server = useServer('spring', () => ['--shape', 'topic', ...options()])
    const profile = await profileFile('spring-topic')

    test('what is written meanwhile goes out when the broker is back', async () => {
      const account = () => ({ url: server.ws[0] ?? '', profile })
      const guests = await roomOf(account, 'public', ['지우', '민준'])
      const [a] = guests
      if (!a) throw new Error('nobody is there')
      await relay?.stop()
      await eventually(() => expect(a.connection().phase).toBe('waiting'))
      await say(a, a.key, '그동안')
      await relay?.start()
      await eventually(async () => expect((await messagesOf(a, a.key))[0]?.delivery).toBe('confirmed'))
      await meet(guests)
    })
  })

  describe('/pub and /sub, with a token from a login', async () => {
    const prefix = relay ? '/topic/chat.room.' : '/sub/chat/room/'
    const server = useServer('spring', () => ['--shape', 'rooms', '--rooms', prefix, ...options()])
    const profile = await profileFile(relay ? 'spring-rooms-relay' : 'spring-rooms')
    const account = () => ({ url: server.ws[0] ?? '', profile: withLoginAt(profile, server.http) })
    conforms({ server, account, ...limits, forbidden: { account, room: 'secret', maySend: true } })
  })

  describe('/user/queue, from one person to another', async () => {
    const server = useServer('spring', () => ['--shape', 'direct', ...options()])
    const profile = await profileFile('spring-direct')
    const account = () => ({ url: server.ws[0] ?? '', profile })

    test('two people talk in order, across a restart, and others hear nothing of it', async () => {
      const [a, b] = await roomOf(account, person => ['민준', '지우'][person] ?? '', ['지우', '민준'])
      const [c, d] = await roomOf(account, person => ['하늘', '서연'][person] ?? '', ['서연', '하늘'])
      if (!a || !b || !c || !d) throw new Error('nobody is there')
      const said = Array.from({ length: 20 }, (_, at) => `말 ${at}`)
      for (const text of said) await say(a, a.key, text)
      await eventually(async () => expect(await textsOf(b, b.key)).toEqual(said))
      await eventually(async () => expect((await messagesOf(a, a.key)).every(isThere)).toBe(true))
      await server.stop()
      await eventually(() => expect(a.connection().phase).toBe('waiting'))
      await say(a, a.key, '그동안')
      await server.start()
      await meet([a, b])
      await say(b, b.key, '답')
      for (const guest of [a, b])
        await eventually(async () => expect((await textsOf(guest, guest.key)).at(-1)).toBe('답'))
      expect((await messagesOf(a, a.key)).map(({ delivery }) => delivery)).toEqual([
        ...said.map(() => 'confirmed'),
        'confirmed',
        null,
      ])
      expect(await textsOf(a, a.key)).toEqual([...said, '그동안', '답'])
      expect((await textsOf(b, b.key)).filter(text => text !== '그동안')).toEqual([...said, '답'])
      expect(await textsOf(c, c.key)).toEqual([])
    })
  })
}
