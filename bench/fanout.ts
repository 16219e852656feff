/** Fan-out of the host and other servers under the same load, in alternation. */
import { measureFanout, type FanoutFigures } from './broker/load.ts'
import type { ServerProcess } from './broker/server-process.ts'
import type { Talk } from './broker/talk.ts'
import { alternate } from './rounds.ts'

/** Lifts the limits against floods, and on the number of connections. */
export const unlimited: readonly string[] = ['--send-rate', '0', '--max-connections', '0']

/** `bar` is the share of the bare server's deliveries that the host should reach. */
export const fanoutLoads = [
  { subscribers: 10, topics: 1, bar: 0.3 },
  { subscribers: 100, topics: 1, bar: 0.3 },
  { subscribers: 500, topics: 1, bar: 0.5 },
  { subscribers: 1000, topics: 100, bar: 0.5 },
] as const

export type FanoutLoad = (typeof fanoutLoads)[number]

export const nameOf = ({ topics, subscribers }: FanoutLoad): string => `${topics} × ${subscribers / topics}`

/** A server under load, and the messages sent to it. */
export interface Contender {
  server: ServerProcess
  talk: Talk
}

/** @returns the deliveries of each contender, one figure a round. @param seconds the length of each run. */
export const measureFanouts = <Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { subscribers, topics }: FanoutLoad,
  { seconds = 1, rounds = 3 } = {},
): Promise<Record<Name, FanoutFigures[]>> => {
  const sides = Object.fromEntries(
    Object.entries<Contender>(contenders).map(([name, { server, talk }]) => [
      name,
      () => measureFanout(server, { subscribers, topics, seconds, talk }),
    ]),
  ) as Record<Name, () => Promise<FanoutFigures>>
  return alternate(rounds, sides)
}
