/** Fan-out of the host against other servers under the same load, in turns. */
import { measureFanout, type FanoutFigures } from './broker/load.ts'
import type { ServerProcess } from './broker/server-process.ts'
import type { Talk } from './broker/talk.ts'
import { alternate } from './rounds.ts'

/** What holds back one who floods the host, and more people than a room has. */
export const unlimited: readonly string[] = ['--send-rate', '0', '--max-connections', '0']

/** `bar` is the least part of the bare server's deliveries that the host should make. */
export const fanoutLoads = [
  { subscribers: 10, topics: 1, bar: 0.3 },
  { subscribers: 100, topics: 1, bar: 0.3 },
  { subscribers: 500, topics: 1, bar: 0.5 },
  { subscribers: 1000, topics: 100, bar: 0.5 },
] as const

export type FanoutLoad = (typeof fanoutLoads)[number]

export const nameOf = ({ topics, subscribers }: FanoutLoad): string => `${topics} × ${subscribers / topics}`

/** A server under load, and what is said to it. */
export interface Contender {
  server: ServerProcess
  talk: Talk
}

/** @returns the deliveries of each contender, one figure a round. @param seconds how long each run is measured. */
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
