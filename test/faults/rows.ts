/** The failure matrix: one entry for each fault. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Step } from '../../main/host/history/steps.ts'
import type { Death } from './dying-ports.ts'
import type { Shuffle, Way } from './tcp-proxy.ts'
import type { World } from './world.ts'

export interface Row {
  name: string
  /** Brings the fault about while both talk. @returns once it is over, or once it is up to the messenger to find it. */
  bring(world: World): Promise<void>
  /** Milliseconds that Ada's wall clock is ahead. */
  clockOff?: number
}

const hour = 60 * 60 * 1000
/** Messages that wait for Ada while she is away. */
const backlog = 300

const clientKilled = (name: string, death: Death, count: number): Row => ({
  name,
  async bring({ messenger }) {
    await messenger.die(death, count)
    await messenger.start()
  },
})

const linkCut = (name: string, milliseconds: number): Row => ({
  name,
  async bring({ link }) {
    link.cut()
    await sleep(milliseconds)
    link.mend()
  },
})

const hostKilled = (name: string, step: Step): Row => ({
  name,
  bring: world => world.killHostAt(step, 3),
})

/** The connection of now stays open, and dead; the messenger has to find that out. */
const linkStalled = (name: string, ...ways: Way[]): Row => ({
  name,
  bring({ link }) {
    link.stall(...ways)
    return Promise.resolve()
  },
})

const shuffled = (name: string, shuffle: Shuffle): Row => ({
  name,
  async bring({ link }) {
    link.shuffle = shuffle
    await sleep(1500)
    link.shuffle = null
  },
})

export const rows: readonly Row[] = [
  // The slowest first: heart-beats come every 10 s.
  linkStalled('link half-open', 'up', 'down'),
  linkStalled('link one-way, nothing goes up', 'up'),
  linkStalled('link one-way, nothing comes down', 'down'),
  clientKilled('client killed before the outbox commit', 'before-commit', 3),
  clientKilled('client killed after the outbox commit', 'after-commit', 3),
  clientKilled('client killed after SEND', 'after-send', 3),
  clientKilled('client killed before RECEIPT', 'before-receipt', 3),
  {
    name: 'client killed in the middle of ingest',
    async bring({ link, bob, messenger }) {
      link.cut()
      await Promise.all(Array.from({ length: backlog }, () => bob.say()))
      const dead = messenger.die('ingest', 1)
      link.mend()
      await dead
      await messenger.start()
    },
  },
  hostKilled('host killed before the commit', 'stored'),
  hostKilled('host killed after the commit', 'committed'),
  linkCut('link cut for 1 s', 1000),
  linkCut('link cut for 30 s', 30_000),
  {
    name: 'link 300 ms slower each way',
    async bring({ link }) {
      link.delay = 300
      await sleep(1500)
    },
  },
  shuffled('frames doubled', 'duplicate'),
  shuffled('frames reordered', 'reorder'),
  shuffled('frames lost by the server', 'drop'),
  { ...linkCut('clock 1 h ahead, link cut for 1 s', 1000), clockOff: hour },
  { ...linkCut('clock 1 h behind, link cut for 1 s', 1000), clockOff: -hour },
]
