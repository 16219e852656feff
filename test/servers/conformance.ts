/** What the messenger promises on every STOMP server. */
import { nanoid } from 'nanoid'
import { expect, test } from 'vitest'
import type { ErrorCode } from '../../shared/contract/errors.ts'
import {
  enter,
  eventually,
  isThere,
  meet,
  messagesOf,
  roomOf,
  say,
  textsOf,
  type AccountOf,
} from './people.ts'
import type { RealServer } from './real-server.ts'

export interface Tested {
  server: RealServer
  account: AccountOf
  /** False for a server that has restarts of its own. */
  restarts?: boolean
  /** Where there is one room alone: its id. */
  onlyRoom?: string
  /** A text of a size that the server takes; 64 kB by default. */
  large?: string
  /** Where the server takes messages up to some size: a text that is larger, and the error of the message. */
  tooLarge?: { text: string; code: ErrorCode }
  /** Where the server forbids something: an account, and the name of a room that it may not use, or only not subscribe to. */
  forbidden?: { account: AccountOf; room: string; maySend?: boolean }
}

const oddTexts = [
  '한글과 English, 日本語',
  '👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301',
  '<b>굵게</b> <script>alert(1)</script> &amp; &lt;',
  '"따옴표" \'하나\' \\n \\c \\\\ {json: true}',
  'MESSAGE\ndestination:/topic/else\n\n^@',
  '한 줄\r\n\r\n  다음 줄\t끝',
  '\u0001\u0007\u001b[31m\u007f\u0085\u2028',
]

const times = (count: number, text: string): string[] =>
  Array.from({ length: count }, (_, at) => `${text} ${at}`)

export const conforms = ({
  server,
  account,
  restarts = true,
  onlyRoom,
  large = '가나다라'.repeat(5333),
  tooLarge,
  forbidden,
}: Tested): void => {
  /** Names are new in each attempt, so that what an earlier one left behind does not count. */
  const newRoom = () => onlyRoom ?? `room.${nanoid(8).replaceAll(/[-_]/g, 'x')}`

  test('everybody sees every message once, in the order of its sender, and their own confirmed', async () => {
    const guests = await roomOf(account, newRoom(), ['지우', '민준', '서연'])
    for (const content of times(20, '말'))
      await Promise.all(guests.map(guest => say(guest, guest.key, content)))
    for (const guest of guests) {
      await eventually(async () => {
        const messages = await messagesOf(guest, guest.key)
        expect(messages).toHaveLength(60)
        expect(messages.filter(isThere)).toHaveLength(60)
      })
      const messages = await messagesOf(guest, guest.key)
      for (const sender of ['지우', '민준', '서연'])
        expect(messages.filter(message => message.sender === sender).map(({ content }) => content)).toEqual(
          times(20, '말'),
        )
      expect(messages.filter(({ own }) => own)).toHaveLength(20)
    }
  })

  test.skipIf(onlyRoom !== undefined)('a message stays in its room', async () => {
    const [a, b] = await roomOf(account, newRoom(), ['지우', '민준'])
    if (!a || !b) throw new Error('nobody is there')
    const other = await enter(a, newRoom())
    await say(a, other, '다른 방')
    await say(a, a.key, '이 방')
    await eventually(async () => expect(await textsOf(b, b.key)).toEqual(['이 방']))
    await eventually(async () =>
      expect((await messagesOf(a, other)).map(({ delivery }) => delivery)).toEqual(['confirmed']),
    )
  })

  test('odd texts arrive as they were written', async () => {
    const [a, b] = await roomOf(account, newRoom(), ['<지우> & "친구"', '민준'])
    if (!a || !b) throw new Error('nobody is there')
    for (const text of oddTexts) await say(a, a.key, text)
    for (const guest of [a, b]) {
      await eventually(async () => expect(await textsOf(guest, guest.key)).toEqual(oddTexts))
      expect((await messagesOf(guest, guest.key))[0]?.sender).toBe('<지우> & "친구"')
    }
  })

  test('a large message arrives', async () => {
    const [a, b] = await roomOf(account, newRoom(), ['지우', '민준'])
    if (!a || !b) throw new Error('nobody is there')
    await say(a, a.key, large)
    for (const guest of [a, b])
      await eventually(async () => expect(await textsOf(guest, guest.key)).toEqual([large]))
  })

  test.skipIf(tooLarge === undefined)(
    'a message that is larger than the server takes fails; the others go out',
    async () => {
      const [a, b] = await roomOf(account, newRoom(), ['지우', '민준'])
      if (!a || !b) throw new Error('nobody is there')
      for (const text of ['하나', tooLarge?.text ?? '', '둘']) await say(a, a.key, text)
      await eventually(async () =>
        expect((await messagesOf(a, a.key)).map(({ delivery }) => delivery)).toEqual([
          'confirmed',
          'failed',
          'confirmed',
        ]),
      )
      expect((await messagesOf(a, a.key))[1]?.failure).toMatchObject({ code: tooLarge?.code })
      await eventually(async () => expect(await textsOf(b, b.key)).toEqual(['하나', '둘']))
    },
  )

  test.skipIf(!forbidden)('a forbidden room is refused, and the others go on', async () => {
    if (!forbidden) return
    const [a, b] = await roomOf(forbidden.account, newRoom(), ['지우', '민준'])
    if (!a || !b) throw new Error('nobody is there')
    const secret = await enter(a, forbidden.room)
    await eventually(() => expect(Object.keys(a.messenger.state().refusals)).toEqual([secret]))
    await eventually(() => expect(a.connection().phase).toBe('online'))
    await say(a, secret, '비밀')
    await say(a, a.key, '안녕')
    if (!forbidden.maySend)
      await eventually(async () => expect((await messagesOf(a, secret))[0]?.delivery).toBe('failed'))
    await eventually(async () => expect((await messagesOf(a, a.key))[0]?.delivery).toBe('confirmed'))
    await eventually(async () => expect(await textsOf(b, b.key)).toEqual(['안녕']))
    await eventually(() => expect(a.connection().phase).toBe('online'))
  })

  test.skipIf(!restarts).each(['stop', 'kill'] as const)(
    'after a %s and a start of the server everything goes on',
    async end => {
      const guests = await roomOf(account, newRoom(), ['지우', '민준'])
      const [a, b] = guests
      if (!a || !b) throw new Error('nobody is there')
      await say(a, a.key, '전에')
      await eventually(async () => expect(await textsOf(b, b.key)).toEqual(['전에']))
      await server[end]()
      await eventually(() => expect(a.connection().phase).toBe('waiting'))
      await say(a, a.key, '그동안')
      expect((await messagesOf(a, a.key)).at(-1)?.delivery).toBe('queued')
      await server.start()
      await eventually(async () =>
        expect((await messagesOf(a, a.key)).map(({ delivery }) => delivery)).toEqual([
          'confirmed',
          'confirmed',
        ]),
      )
      // Whoever is still away would miss it.
      await meet(guests)
      await say(a, a.key, '후에')
      for (const guest of guests)
        await eventually(async () => expect((await textsOf(guest, guest.key)).at(-1)).toBe('후에'))
      expect(await textsOf(a, a.key)).toEqual(['전에', '그동안', '후에'])
    },
  )
}
