/** `npm run soak -- --seconds 300`: people in rooms at half of the host's maximum rate, with connections that break. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startHost } from './broker/server-process.ts'
import { LoadConnection } from './broker/load-connection.ts'
import { microseconds } from './broker/stamp.ts'
import { percentile } from './percentile.ts'
import { Person, roomIdOf } from './soak/person.ts'

const rooms = 5
const people = 20
/** The most messages of one person without a RECEIPT while the maximum rate is measured. */
const window = 20
/** How long the maximum rate is measured. Milliseconds. */
const rehearsal = 4_000
/** The average time between two broken connections. Milliseconds. */
const breakEvery = 500
/** How long all messages may take to arrive at the end. Milliseconds. */
const patience = 60_000
/** The host's memory in the last quarter, as a multiple of that in the second quarter. */
const mostGrowth = 1.15
const mebibyte = 1024 * 1024

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' } } })
const seconds = z.coerce.number().min(10).max(86_400).parse(values.seconds)

const wrong: string[] = []
const onWrong = (sentence: string): void => void wrong.push(sentence)

const host = await startHost()
const url = `ws://127.0.0.1:${host.port}/stomp`
const opener = await LoadConnection.open(host.port)
for (let room = 0; room < rooms; room++) {
  const roomId = roomIdOf(room)
  await opener.request('/app/room/create', JSON.stringify({ name: roomId, roomId }))
}
opener.close()

/** @returns a person who listens. */
const enter = (number: number, onReceipt: () => void): Person => {
  const person = new Person({ url, number, rooms, onWrong, onReceipt })
  person.connect()
  return person
}
const sum = (of: readonly Person[], count: (person: Person) => number): number =>
  of.reduce((total, person) => total + count(person), 0)

let rehearsing = true
let receipts = 0
const all = Array.from({ length: people }, (_, number): Person => {
  const onReceipt = (): void => {
    receipts++
    if (rehearsing) person.say()
  }
  const person = enter(number, onReceipt)
  return person
})

/** @returns messages a second, if everybody sends as soon as a RECEIPT arrives. */
const measureMost = async (): Promise<number> => {
  for (const person of all) for (let count = 0; count < window; count++) person.say()
  await sleep(rehearsal / 4)
  const [start, before] = [microseconds(), receipts]
  await sleep(rehearsal)
  rehearsing = false
  return ((receipts - before) / (microseconds() - start)) * 1e6
}

const memory: number[] = []
let breaks = 0

/** People send messages in turn, `rate` times a second, and now and then a connection is lost for up to a second. */
const soak = async (rate: number): Promise<void> => {
  const start = performance.now()
  let said = 0
  let nextBreak = breakEvery
  for (let passed = 0; passed < seconds * 1_000; passed = performance.now() - start) {
    for (; said < (passed / 1_000) * rate; said++) all[said % people]?.say()
    if (passed >= memory.length * 1_000) memory.push(host.memory())
    if (passed >= nextBreak) {
      nextBreak = passed + breakEvery * 2 * Math.random()
      const person = all[Math.floor(Math.random() * people)]
      person?.breakOff()
      setTimeout(() => person?.connect(), Math.random() * 1_000)
      breaks++
    }
    await sleep(5)
  }
}

/** @returns whether these readers have received all messages. */
const haveAll = (readers: readonly Person[]): boolean => {
  const said = sum(all, ({ sent }) => sent)
  return readers.every(({ ledgers }) => ledgers.reduce((total, { count }) => total + count, 0) >= said)
}
const arrival = async (readers: readonly Person[]): Promise<boolean> => {
  const end = performance.now() + patience
  while (performance.now() < end) {
    if (haveAll(readers) && all.every(({ waiting }) => waiting === 0)) return true
    await sleep(50)
  }
  return false
}
/** @param who describes the readers. */
const tellMissing = (readers: readonly Person[], who: string): void => {
  for (const [sender, { sent }] of all.entries())
    for (let room = 0; room < rooms; room++) {
      const next = Math.min(...readers.map(({ ledgers }) => ledgers[room]?.expectedOf(sender) ?? 0))
      if (next < sent) onWrong(`${who}: message ${next} of sender ${sender} is missing`)
    }
}

/** @returns the median of the host's memory in a quarter of the time. Bytes. */
const quarter = (nth: number): number =>
  percentile(memory.slice((memory.length * nth) >> 2, (memory.length * (nth + 1)) >> 2), 0.5)

const most = await measureMost()
const rate = most / 2
console.log(
  `${people} people in ${rooms} rooms: the most is ${most.toFixed(0)} messages/s; ${seconds} s at half of that`,
)
await soak(rate)
if (!(await arrival(all))) tellMissing(all, 'people')
/** A person who connects after all messages are sent, and reads everything from the disk. */
const late = enter(people, () => undefined)
if (!(await arrival([late]))) tellMissing([late], 'history')
const growth = quarter(3) / quarter(1)
if (growth > mostGrowth)
  onWrong(
    `memory: ${(quarter(3) / mebibyte).toFixed(0)} MiB in the last quarter, ${(quarter(1) / mebibyte).toFixed(0)} MiB in the second`,
  )
for (const person of [...all, late]) person.end()
host.stop()

console.table({
  'messages with RECEIPT': receipts,
  deliveries: sum(all, ({ delivered }) => delivered),
  'connections broken off': breaks,
  'connections ended by the host': sum(all, ({ cutByHost }) => cutByHost),
  'memory of the host by quarters, MiB': [0, 1, 2, 3]
    .map(nth => (quarter(nth) / mebibyte).toFixed(0))
    .join(', '),
  'read back from the disk': late.delivered,
})
for (const sentence of wrong.slice(0, 20)) console.error(sentence)
console.log(
  wrong.length === 0
    ? 'Nothing lost, everything in order, memory flat.'
    : `${wrong.length} things are wrong.`,
)
process.exitCode = wrong.length === 0 ? 0 : 1
