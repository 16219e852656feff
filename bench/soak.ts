/** `npm run soak -- --seconds 300`: people in rooms at half of what the host can do, whose connections break off. */
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
/** Messages of one person without RECEIPT while the most is measured that the host can do. */
const window = 20
/** Milliseconds that this is measured. */
const rehearsal = 4_000
/** Milliseconds from one connection's end to the next one's, on average. */
const breakEvery = 500
/** Milliseconds that all may take to arrive in the end. */
const patience = 60_000
/** What the host may hold in the last quarter, as a multiple of what it held in the second. */
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

/** @returns somebody who listens. */
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

/** @returns messages a second, when everybody sends as soon as there is a RECEIPT. */
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

/** Everybody in turn says something, `rate` times a second, and now and then somebody's connection ends for up to a second. */
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

/** @returns whether these have everything that was said. */
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
/** @param who these are. */
const tellMissing = (readers: readonly Person[], who: string): void => {
  for (const [sender, { sent }] of all.entries())
    for (let room = 0; room < rooms; room++) {
      const next = Math.min(...readers.map(({ ledgers }) => ledgers[room]?.expectedOf(sender) ?? 0))
      if (next < sent) onWrong(`${who}: message ${next} of sender ${sender} is missing`)
    }
}

/** @returns the middle of what the host held in a quarter of the time. Bytes. */
const quarter = (nth: number): number =>
  percentile(memory.slice((memory.length * nth) >> 2, (memory.length * (nth + 1)) >> 2), 0.5)

const most = await measureMost()
const rate = most / 2
console.log(
  `${people} people in ${rooms} rooms: the most is ${most.toFixed(0)} messages/s; ${seconds} s at half of that`,
)
await soak(rate)
if (!(await arrival(all))) tellMissing(all, 'people')
/** Somebody who comes after all is said, and reads everything from the disk. */
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
