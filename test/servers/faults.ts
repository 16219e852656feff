/** Rows of the failure matrix on real servers: two people talk while the server breaks. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { chatType, type Message } from '../../shared/contract/model.ts'
import { isFlawless, judge, type Verdict } from '../faults/judge.ts'
import { enter, eventually, personAt, roomOf, say, type AccountOf, type Guest } from './people.ts'

/** Milliseconds between two messages of a person, and before the fault. */
const pace = 100
const prelude = 1500
/** Messages of one page of a room. */
const page = 200

interface Said {
  text: string
  /** The command has answered: the message is on disk. */
  promised: boolean
}

/** Talks until it is told to stop. */
class Talker {
  readonly said: Said[] = []
  readonly guest: Guest
  readonly #name: string
  #isTalking = true
  readonly #talk: Promise<void>

  constructor(guest: Guest, name: string) {
    this.guest = guest
    this.#name = name
    this.#talk = this.#goOn()
  }

  async hush(): Promise<void> {
    this.#isTalking = false
    await this.#talk
  }

  async #goOn(): Promise<void> {
    while (this.#isTalking) {
      const said = { text: `${this.#name} ${this.said.length}`, promised: false }
      this.said.push(said)
      await say(this.guest, this.guest.key, said.text)
      said.promised = true
      await sleep(pace)
    }
  }
}

/** @returns the whole room as shown, from top to bottom, without greetings and lines. */
const shownTo = async ({ messenger, key }: Pick<Guest, 'messenger' | 'key'>): Promise<Message[]> => {
  const shown: Message[] = []
  for (let before: Message['id'] | undefined; ;) {
    const { messages, hasEarlier } = await messenger.commands.listMessages({
      room: key,
      limit: page,
      ...(before && { before }),
    })
    shown.unshift(...messages)
    before = messages[0]?.id
    if (!hasEarlier) break
  }
  return shown.filter(({ type, content }) => type === chatType && !content.startsWith('👋'))
}
const textsShown = async (guest: Pick<Guest, 'messenger' | 'key'>): Promise<string[]> =>
  (await shownTo(guest)).map(({ content }) => content)

/** Compares every screen with the history of the server, which somebody new reads. */
const judgeHistory = async (
  talkers: readonly Talker[],
  account: AccountOf,
  room: string,
): Promise<Verdict> => {
  const witness = await personAt(account(1), '증인')
  const late = { messenger: witness.messenger, key: await enter(witness, room) }
  const said = talkers.map(each => each.said)
  let verdict: Verdict = { lost: Infinity, doubled: 0, reordered: 0 }
  await eventually(async () => {
    const kept = await textsShown(late)
    const screens = await Promise.all(talkers.map(({ guest }) => textsShown(guest)))
    const verdicts = screens.map(shown => judge({ kept, shown, said }))
    verdict = verdicts.find(each => !isFlawless(each)) ?? { lost: 0, doubled: 0, reordered: 0 }
    expect(isFlawless(verdict)).toBe(true)
  }).catch(() => undefined)
  return verdict
}

/**
 * Without a history nobody knows what others missed while they were away, but one's own messages are known: each is
 * confirmed, or the person has been told that it is not.
 */
const judgeOwn = async (talkers: readonly Talker[]): Promise<Verdict> => {
  const verdicts: Verdict[] = []
  for (const { guest, said } of talkers) {
    await eventually(async () => {
      const open = (await shownTo(guest)).filter(
        ({ own, delivery, failure }) => own && delivery !== 'confirmed' && !failure,
      )
      expect(open).toEqual([])
    })
    const shown = await shownTo(guest)
    const told = new Set(shown.filter(({ failure }) => failure).map(({ content }) => content))
    const kept = shown.map(({ content }) => content).filter(text => !told.has(text))
    const mine = said.map(({ text, promised }) => ({ text, promised: promised && !told.has(text) }))
    const theirs = talkers
      .filter(each => each.guest !== guest)
      .map(each => each.said.map(({ text }) => ({ text, promised: false })))
    verdicts.push(judge({ kept, shown: kept, said: [mine, ...theirs] }))
  }
  return verdicts.find(each => !isFlawless(each)) ?? { lost: 0, doubled: 0, reordered: 0 }
}

const outcomes = new Map<string, Verdict & { seconds: number }>()

export interface Fault {
  name: string
  account: AccountOf
  room: string
  /** Whether the server keeps the history of the room. */
  keeps: boolean
  /** @returns once it is over. */
  bring: () => Promise<void>
}

/** A test for each fault, and a line for each outcome. */
export const survives = (faults: readonly Fault[]): void => {
  afterAll(() => {
    for (const [name, { lost, doubled, reordered, seconds }] of outcomes)
      process.stdout.write(
        `${name}: lost ${lost}, doubled ${doubled}, reordered ${reordered}, recovered in ${seconds} s\n`,
      )
    outcomes.clear()
  })

  test.for(faults)('$name', async ({ name, account, room, keeps, bring }) => {
    const guests = await roomOf(account, room, ['지우', '민준'])
    const talkers = guests.map((guest, at) => new Talker(guest, ['지우', '민준'][at] ?? ''))
    await sleep(prelude)
    await bring()
    const over = performance.now()
    const starts = talkers.map(({ said }) => said.length)
    await eventually(async () => {
      const next = talkers.map(({ said }, at) => said.slice(starts[at]).map(({ text }) => text))
      for (const { guest } of talkers) {
        const shown = (await shownTo(guest)).filter(({ own, delivery }) => !own || delivery === 'confirmed')
        const got = new Set(shown.map(({ content }) => content))
        for (const texts of next) expect(texts.some(text => got.has(text))).toBe(true)
      }
    })
    const seconds = Math.round((performance.now() - over) / 100) / 10
    for (const talker of talkers) await talker.hush()
    const verdict = await (keeps ? judgeHistory(talkers, account, room) : judgeOwn(talkers))
    outcomes.set(name, { ...verdict, seconds })
    expect(verdict).toEqual({ lost: 0, doubled: 0, reordered: 0 })
  })
}
