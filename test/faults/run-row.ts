import { setTimeout as sleep } from 'node:timers/promises'
import { isFlawless, judge, type Verdict } from './judge.ts'
import type { Person } from './person.ts'
import type { Row } from './rows.ts'
import { World } from './world.ts'

/** What a row has shown. */
export interface Outcome extends Verdict {
  /** From the end of the fault until Ada had the next message of each side; the worst round. Infinity if she never had. */
  seconds: number
}

/** How long a message may take to get through. Milliseconds. */
const patience = 45_000
/** How long both talk before the fault. Milliseconds. */
const prelude = 400
/** Milliseconds between two looks. */
const pace = 50

/** @returns whether it holds in time. */
const becomes = async (holds: () => Promise<boolean>): Promise<boolean> => {
  const end = performance.now() + patience
  while (performance.now() < end) {
    if (await holds()) return true
    await sleep(pace)
  }
  return false
}

/** @returns a check whether Ada sees what both say from now on, and has her own part confirmed. */
const nextOf = ({ ada, bob }: World): (() => Promise<boolean>) => {
  const starts = new Map([ada, bob].map(person => [person, person.said.length]))
  return async () => {
    const newest = await ada.newest()
    const got = new Set(
      newest.filter(({ own, delivery }) => !own || delivery === 'confirmed').map(({ content }) => content),
    )
    const isThrough = (person: Person): boolean =>
      person.said.slice(starts.get(person)).some(({ text }) => got.has(text))
    return isThrough(ada) && isThrough(bob)
  }
}

const look = async (world: World): Promise<Verdict> => {
  const { ada, bob } = world
  return judge({ kept: await world.kept(), shown: await ada.shown(), said: [ada.said, bob.said] })
}

/** @returns the verdict once nothing is under way any more. */
const settle = async (world: World): Promise<Verdict> => {
  await becomes(async () => isFlawless(await look(world)))
  return look(world)
}

/** Brings the fault about once. @returns the seconds to recover from it. */
const meet = async (row: Row, world: World): Promise<number> => {
  const { ada, bob } = world
  ada.talk()
  bob.talk()
  await sleep(prelude)
  await row.bring(world)
  const over = performance.now()
  const isRecovered = await becomes(nextOf(world))
  const seconds = isRecovered ? (performance.now() - over) / 1000 : Infinity
  await Promise.all([ada.hush(), bob.hush()])
  return seconds
}

/** @returns the outcome of this many faults of one kind, one after the other. */
export const runRow = async (row: Row, rounds: number): Promise<Outcome> => {
  await using world = await World.make(row.clockOff)
  let seconds = 0
  for (let round = 0; round < rounds; round++) seconds = Math.max(seconds, await meet(row, world))
  return { ...(await settle(world)), seconds }
}
