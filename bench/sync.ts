/**
 * First sync: the built app connects to a host with 20,000 messages in 40 rooms. `npm run bench -- sync` compares it
 * with writing the same messages directly into a cache, `npm run bench -- sync --against DIR` with the app built in
 * another checkout.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { createCache } from '../main/cache/cache.ts'
import { openDatabase } from '../main/cache/open.ts'
import type { Bridge } from '../shared/bridge/bridge.ts'
import { roomIdSchema, roomKey, type RoomKey, type ServerId } from '../shared/contract/model.ts'
import { connect, fillAddress, root, t, withApp } from './app.ts'
import { makeDataFolder, startHost } from './broker/server-process.ts'
import { arrivals, furnish, inBatches } from './cache-contents.ts'
import { unlimited } from './fanout.ts'
import { compareTimes, type Comparison } from './harness.ts'
import { alternate } from './rounds.ts'
import { sentence, Speaker } from './window/speaker.ts'

declare const messenger: Bridge

const openRoom = t('desktop:firstRoom')
const rooms = [openRoom, ...Array.from({ length: 39 }, (_, n) => `room-${n}`)].map(id =>
  roomIdSchema.parse(id),
)
const each = 500
const total = rooms.length * each
/**
 * The rate at which the rooms are filled, in messages a second: less than the maximum of a host on a loaded machine.
 */
const fillRate = 2_000
/** The time limit of a sync. Milliseconds. */
const patience = 60_000
const rounds = 5

/** How long a first sync took after the click on Connect. Milliseconds. */
interface Sync {
  /** Until the last message of the open room was on the screen. */
  painted: number
  /** Until all messages of all rooms were in the cache; checked after the former. */
  stored: number
}

/** Events in the window; milliseconds since the epoch. */
interface Watched {
  /** Connect was clicked. */
  pressed: number
  /** The last message of the open room was on the screen. */
  painted: number
  serverId: ServerId
}

/** Watches the window from inside, so that no round trip is measured; opens the room as soon as the list shows it. */
const watchWindow = (page: Page, last: string): Promise<Watched> =>
  page.evaluate(
    ({ room, last, patience }) =>
      new Promise<Watched>((done, fail) => {
        setTimeout(
          () => fail(new Error(`no "${last}" after ${patience} ms, but ${document.body.innerText}`)),
          patience,
        )
        let pressed = 0
        let serverId: ServerId | undefined
        let opened = false
        const press = (event: Event): void => void (pressed = performance.timeOrigin + event.timeStamp)
        addEventListener('click', press, { capture: true, once: true })
        const stop = messenger.onEvents(({ events }) => {
          for (const { name, payload } of events) if (name === 'roomChanged') serverId = payload.serverId
          if (serverId !== undefined) stop()
        })
        const finish = (): void => {
          const channel = new MessageChannel()
          // A message posted in a frame is handled right after that frame is rendered.
          channel.port1.onmessage = () => {
            const painted = performance.timeOrigin + performance.now()
            if (serverId !== undefined) done({ pressed, painted, serverId })
          }
          channel.port2.postMessage(null)
        }
        const look = (): void => {
          const button = document.querySelector<HTMLElement>(`button[title="${room}"]`)
          if (button && !opened) {
            opened = true
            button.click()
          }
          const row = [...document.querySelectorAll('[data-message] p')].at(-1)
          requestAnimationFrame(row?.textContent === last ? finish : look)
        }
        look()
      }),
    { room: openRoom, last, patience },
  )

const pageSchema = z.object({ value: z.object({ messages: z.array(z.object({ content: z.string() })) }) })

/**
 * @returns when the last message of every room is in the cache. Milliseconds since the epoch. @throws Error at the time
 *   limit.
 */
const watchCache = async (page: Page, serverId: ServerId, last: string): Promise<number> => {
  const hasAll = async (room: RoomKey): Promise<boolean> => {
    const answer = await page.evaluate(room => messenger.command('listMessages', { room, limit: 1 }), room)
    return pageSchema.parse(answer).value.messages.at(-1)?.content === last
  }
  const end = Date.now() + patience
  for (const roomId of rooms)
    while (!(await hasAll(roomKey(serverId, roomId)))) {
      if (Date.now() > end) throw new Error(`not all of ${roomId} after ${patience} ms`)
      await sleep(20)
    }
  return Date.now()
}

/** The number of claimed names on the host: each run of the app is another person. */
let people = 0

const measureSync = (checkout: string, url: string): Promise<Sync> =>
  withApp(async (_, page) => {
    const last = sentence(each - 1)
    await fillAddress(page, url, `Bench ${++people}`)
    const [{ pressed, painted, serverId }] = await Promise.all([watchWindow(page, last), connect(page)])
    const stored = await watchCache(page, serverId, last)
    return { painted: painted - pressed, stored: stored - pressed }
  }, checkout)

/** @returns how long it takes to write the same number of messages into a new cache without an app. Milliseconds. */
const measureWriting = (): Promise<Sync> => {
  const folder = makeDataFolder()
  const database = openDatabase(join(folder, 'cache.db'))
  const cache = createCache(database)
  furnish(cache, rooms)
  const texts = Array.from({ length: each }, (_, said) => sentence(said))
  const batches = rooms.flatMap(room => inBatches(arrivals(texts, room), each))
  const start = performance.now()
  for (const batch of batches) cache.storeMessages(batch)
  const taken = performance.now() - start
  database.close()
  rmSync(folder, { recursive: true })
  return Promise.resolve({ painted: taken, stored: taken })
}

/** @param against another checkout whose build is the baseline; null to compare with writing into the cache. */
export const benchSync = async (against: string | null): Promise<Comparison[]> => {
  const host = await startHost(unlimited)
  try {
    const url = `ws://127.0.0.1:${host.port}/stomp`
    const speaker = await Speaker.enter(url)
    for (const room of rooms.slice(1)) await speaker.createRoom(room)
    for (const room of rooms) await speaker.say(room, each, fillRate)
    await speaker.leave()
    const { baseline, candidate } = await alternate(rounds, {
      baseline: () => (against === null ? measureWriting() : measureSync(resolve(against), url)),
      candidate: () => measureSync(root, url),
    })
    const label = against ?? 'written straight into a cache'
    return (['painted', 'stored'] as const).map(what =>
      compareTimes(
        `first sync of ${total} messages in ${rooms.length} rooms: ${what === 'painted' ? 'the open room painted' : 'all stored'}`,
        { label, times: baseline.map(sync => sync[what]) },
        { label: 'the app', times: candidate.map(sync => sync[what]) },
      ),
    )
  } finally {
    host.stop()
  }
}
