/** Everybody reconnects at once and resumes from their last message. */
import { setTimeout as sleep } from 'node:timers/promises'
import { LoadConnection } from './load-connection.ts'
import { timeStorm, type StormFigures } from './load.ts'
import type { ServerProcess } from './server-process.ts'
import type { Talk } from './talk.ts'

/** The time limit. Milliseconds. */
const patience = 120_000

/** Resolves when `isDone` holds. @throws Error after {@link patience}. */
const until = async (isDone: () => boolean, what: string): Promise<void> => {
  const end = performance.now() + patience
  while (!isDone()) {
    if (performance.now() > end) throw new Error(`${what} did not come within ${patience} ms`)
    await sleep(1)
  }
}

/** Sends `count` messages. @returns when they have been delivered. */
export const fillHistory = async (port: number, talk: Talk, count: number): Promise<void> => {
  const listener = await LoadConnection.open(port)
  await listener.subscribe(talk.destinationOf(0))
  let heard = 0
  listener.onMessages = more => (heard += more)
  const frame = talk.sendFrame(0)
  for (let sent = 0; sent < count; sent++) listener.write(frame)
  await until(() => heard >= count, 'the history')
  listener.close()
}

/**
 * @param people the number of people, who all connect at the same moment.
 * @param missed the number of messages that each of them lacks; their last message comes again first.
 * @returns how long it takes until everybody has everything.
 * @throws Error if a person gets a wrong number of messages.
 */
export const measureResumeStorm = async (
  server: ServerProcess,
  talk: Talk,
  { history, people, missed }: { history: number; people: number; missed: number },
): Promise<StormFigures> => {
  const expected = missed + 1
  let behind = people
  const comeBack = async (): Promise<{ connection: LoadConnection; count: number }> => {
    const person = { connection: await LoadConnection.open(server.port), count: 0 }
    person.connection.onMessages = more => {
      person.count += more
      if (person.count === expected) behind--
    }
    person.connection.resume(talk.destinationOf(0), history - expected)
    return person
  }
  let all: Awaited<ReturnType<typeof comeBack>>[] = []
  const figures = await timeStorm(server, async () => {
    all = await Promise.all(Array.from({ length: people }, comeBack))
    await until(() => behind === 0, 'what was missed')
  })
  const wrong = all.filter(({ count }) => count !== expected)
  for (const { connection } of all) connection.close()
  if (wrong.length > 0) throw new Error(`${wrong.length} people have more messages than they missed`)
  return figures
}
