/** People with the real messenger, its real cache and real sockets, on a server that knows nothing of Stompbox. */
import { nanoid } from 'nanoid'
import { expect, vi } from 'vitest'
import { chatType, type Message, type RoomKey } from '../../shared/contract/model.ts'
import type { Messenger } from '../../shared/core/commands/messenger.ts'
import { tokenSources } from '../../main/network/token-sources.ts'
import { newFile, openThread } from '../main/cache/fixtures.ts'
import { serverAt, somebody, type Somebody } from '../shared/core/people.ts'

// More than the patience of other tests (until.ts).
vi.setConfig({ testTimeout: 150_000 })

/** What a person fills in to add a server; {@link serverAt} has the rest. */
type Account = Partial<Parameters<Messenger['commands']['addServer']>[0]> & { url: string }

/** @returns the account of a person, by their number in a room: in a cluster each is at another node. */
export type AccountOf = (person: number) => Account

/** @returns what `check` returns as soon as it does not throw; a server that starts again takes its time. */
export const eventually = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: 60_000, interval: 50 })

/** @returns a person who connects to a server. */
export const newcomer = async (account: Account, name: string): Promise<Somebody> => {
  const person = await somebody(name, { cache: await openThread(newFile()), tokenSources })
  await person.messenger.commands.addServer({ ...serverAt(account.url), ...account })
  return person
}

/** @returns a person, once they are online. */
export const personAt = async (account: Account, name: string): Promise<Somebody> => {
  const person = await newcomer(account, name)
  await eventually(() => expect(person.connection().phase).toBe('online'))
  return person
}

/** Opens a room by its id on the server. */
export const enter = (person: Somebody, name: string): Promise<RoomKey> =>
  person.messenger.commands.createRoom({ serverId: person.serverId(), name, kind: 'public' })

export const say = (person: Somebody, room: RoomKey, content: string) =>
  person.messenger.commands.sendMessage({ room, content })

/** @returns whether the message is of somebody else, or has arrived at the server. */
export const isThere = ({ delivery }: Message): boolean => delivery === null || delivery === 'confirmed'

const greeting = '👋'

/** @returns the messages of a room, but for the greetings of {@link meet} and lines such as that somebody joined. */
export const messagesOf = async (person: Somebody, room: RoomKey): Promise<Message[]> =>
  (await person.messages(room)).filter(
    ({ content, type }) => type === chatType && !content.startsWith(greeting),
  )

export const textsOf = async (person: Somebody, room: RoomKey): Promise<string[]> =>
  (await messagesOf(person, room)).map(({ content }) => content)

export interface Guest extends Somebody {
  key: RoomKey
}

/**
 * Everybody greets until all have seen everybody's greeting. Only then all subscriptions are sure to be there: many
 * servers do not confirm a SUBSCRIBE, and some handle the frames of a connection in any order.
 */
export const meet = async (guests: readonly Guest[]): Promise<void> => {
  const hello = `${greeting} ${nanoid()}`
  const haveMet = async () => {
    for (const guest of guests) {
      const seen = (await guest.messages(guest.key)).filter(isThere)
      const greeted = seen.filter(({ content }) => content === hello)
      expect(new Set(greeted.map(({ sender }) => sender)).size).toBe(guests.length)
    }
  }
  await eventually(async () => {
    for (const guest of guests) await say(guest, guest.key, hello)
    await vi.waitFor(haveMet, { timeout: 3000, interval: 50 })
  })
}

/** @returns people who are online and in one room. @param room its id; where people are rooms, another one for each. */
export const roomOf = async (
  account: AccountOf,
  room: string | ((person: number) => string),
  names: readonly string[],
): Promise<Guest[]> => {
  const guests: Guest[] = []
  for (const [at, name] of names.entries()) {
    const person = await personAt(account(at), name)
    guests.push(
      Object.assign(person, { key: await enter(person, typeof room === 'string' ? room : room(at)) }),
    )
  }
  await meet(guests)
  return guests
}
