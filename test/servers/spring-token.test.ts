/** Tokens that expire after 20 s, as Spring back ends give them out. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Profile } from '../../shared/contract/profile.ts'
import { TcpProxy } from '../faults/tcp-proxy.ts'
import { newcomer, enter, eventually, messagesOf, personAt, say } from './people.ts'
import { profileFile } from './profile-files.ts'
import { areInstalled, useServer } from './real-server.ts'
import { withLoginAt } from './spring.ts'

/** How long the server's tokens are valid, and a little. Milliseconds. */
const lifetime = 20_500

const withTokenFromField = (profile: Profile): Profile => {
  const { token } = profile.connect
  return {
    ...profile,
    connect: { ...profile.connect, token: token && { ...token, source: { from: 'field' } } },
  }
}

describe.runIf(await areInstalled('spring'))('tokens of a Spring server', async () => {
  const server = useServer('spring', () => ['--shape', 'rooms'])
  const profile = await profileFile('spring-rooms')

  /** @returns a link to the server that can be cut, and its address. */
  const openLink = async () => {
    const link = await TcpProxy.open()
    const url = new URL(server.ws[0] ?? '')
    link.aim(Number(url.port))
    url.port = String(link.port)
    return { link, url: url.href }
  }
  const logIn = async (username: string): Promise<string> => {
    const body = JSON.stringify({ username })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${server.http}/login`, { method: 'POST', headers, body })
    return z.object({ token: z.string() }).parse(await answer.json()).token
  }

  test('one from a field is asked for when it has expired, and what was written meanwhile goes out', async () => {
    const { link, url } = await openLink()
    await using _ = link
    const token = await logIn('지우')
    const a = await personAt({ url, profile: withTokenFromField(profile), secrets: { token } }, '지우')
    const room = await enter(a, 'field')
    await sleep(lifetime)
    await say(a, room, '아직 연결됨')
    await eventually(async () => expect((await messagesOf(a, room))[0]?.delivery).toBe('confirmed'))
    link.cut()
    link.mend()
    await eventually(() =>
      expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'token-expired' } }),
    )
    await say(a, room, '그동안')
    expect((await messagesOf(a, room)).at(-1)?.delivery).toBe('queued')
    await a.messenger.commands.updateServer({
      id: a.serverId(),
      change: { secrets: { token: await logIn('지우') } },
    })
    await eventually(async () =>
      expect((await messagesOf(a, room)).map(({ delivery }) => delivery)).toEqual(['confirmed', 'confirmed']),
    )
  })

  test('one from a login is renewed without a question', async () => {
    const { link, url } = await openLink()
    await using _ = link
    const a = await personAt({ url, profile: withLoginAt(profile, server.http) }, '민준')
    const room = await enter(a, 'login')
    await sleep(lifetime)
    link.cut()
    await say(a, room, '그동안')
    link.mend()
    await eventually(async () => expect((await messagesOf(a, room))[0]?.delivery).toBe('confirmed'))
  })

  test('CONNECT without a token, and with a wrong one, is refused', async () => {
    const { connect, ...others } = profile
    const nobody = { ...others, connect: { ...connect, token: null } }
    for (const [given, code] of [
      [{ profile: nobody }, 'access-refused'],
      [{ profile: withTokenFromField(profile), secrets: { token: 'a.b.c' } }, 'token-refused'],
    ] as const) {
      const stranger = await newcomer({ url: server.ws[0] ?? '', ...given }, '서연')
      await eventually(() =>
        expect(stranger.connection()).toMatchObject({ phase: 'refused', error: { code } }),
      )
    }
  })
})
