/** What the messenger promises where the server keeps messages for people who are away. */
import { nanoid } from 'nanoid'
import { expect, test } from 'vitest'
import { offlineType } from '../../shared/contract/model.ts'
import {
  enter,
  eventually,
  meet,
  personAt,
  roomOf,
  say,
  textsOf,
  type AccountOf,
  type Guest,
} from './people.ts'

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `말 ${from + at}`)

const sayAll = async (guest: Guest, texts: readonly string[]): Promise<void> => {
  for (const text of texts) await say(guest, guest.key, text)
}

const newRoom = (): string => `room.${nanoid(8).replaceAll(/[-_]/g, 'x')}`

const goOffline = async (guest: Guest): Promise<void> => {
  await guest.messenger.commands.disconnectServer({ id: guest.serverId() })
}
const goOnline = async (guest: Guest): Promise<void> => {
  await guest.messenger.commands.connectServer({ id: guest.serverId() })
}

/** Everything said while `b` was away is there afterwards, once and in order. */
const missesNothing = (account: AccountOf): void => {
  test('what is said while somebody is away is there when they come back, once and in order', async () => {
    const guests = await roomOf(account, newRoom(), ['지우', '민준'])
    const [a, b] = guests
    if (!a || !b) throw new Error('nobody is there')
    await sayAll(a, lines(0, 10))
    await eventually(async () => expect(await textsOf(b, b.key)).toEqual(lines(0, 10)))
    await goOffline(b)
    await sayAll(a, lines(10, 40))
    await eventually(async () => expect(await textsOf(a, a.key)).toEqual(lines(0, 40)))
    await goOnline(b)
    await eventually(async () => expect(await textsOf(b, b.key)).toEqual(lines(0, 40)))
    await sayAll(a, lines(40, 50))
    for (const guest of guests)
      await eventually(async () => expect(await textsOf(guest, guest.key)).toEqual(lines(0, 50)))
  })
}

/** For a server that keeps all messages of a room, with their offsets. */
export const keepsHistory = (account: AccountOf): void => {
  missesNothing(account)

  test('somebody new has the whole room, in order, and no line of a time offline', async () => {
    const room = newRoom()
    const [a] = await roomOf(account, room, ['지우'])
    if (!a) throw new Error('nobody is there')
    await sayAll(a, lines(0, 250))
    await eventually(async () => expect(await textsOf(a, a.key)).toHaveLength(200))
    const late = await personAt(account(0), '늦은 사람')
    const key = await enter(late, room)
    await eventually(async () => expect((await textsOf(late, key)).at(-1)).toBe('말 249'))
    expect(await textsOf(late, key)).toEqual(lines(50, 250))
    expect((await late.messages(key)).map(({ type }) => type)).not.toContain(offlineType)
  })
}

/** For a server that keeps messages for those who have subscribed durably. */
export const keepsForTheAbsent = (account: AccountOf): void => {
  missesNothing(account)

  test('whoever leaves a room leaves nothing behind on the server', async () => {
    const guests = await roomOf(account, newRoom(), ['지우', '민준'])
    const [a, b] = guests
    if (!a || !b) throw new Error('nobody is there')
    await b.messenger.commands.leaveRoom({ room: b.key })
    await sayAll(a, lines(0, 5))
    await eventually(async () => expect(await textsOf(a, a.key)).toEqual(lines(0, 5)))
    await b.messenger.commands.joinRoom({ room: b.key })
    await meet(guests)
    expect(await textsOf(b, b.key)).toEqual([])
  })
}
