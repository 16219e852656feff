/** The built app's window while messages arrive: `npm run bench -- window`. Electron where it is installed, else the stand-in. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Locator, Page } from '@playwright/test'
import { connect, fillAddress, t, withApp } from './app.ts'
import { unlimited } from './fanout.ts'
import type { Comparison } from './harness.ts'
import { percentile } from './percentile.ts'
import { startHost } from './broker/server-process.ts'
import { findRenderer, memoryOf } from './window/renderer-memory.ts'
import { Speaker } from './window/speaker.ts'

/** Of what one frame of a 60 Hz screen takes, in ms. */
const frame = 16
const [openRoom, closedRoom] = ['general', 'elsewhere'] as const

const composer = (page: Page): Locator =>
  page.getByRole('textbox', { name: t('composer:label', { room: t('desktop:firstRoom') }) })

/** First run: a name, and the address of a host. @returns when the host's first room is on view. */
const enter = async (page: Page, url: string): Promise<void> => {
  await fillAddress(page, url)
  await connect(page)
  await page.locator(`button[title="${t('desktop:firstRoom')}"]`).click()
  await composer(page).waitFor()
}

/** What the main thread of the window has done so far: seconds that it was busy, and of the clock. */
const usage = async (cdp: CDPSession): Promise<{ busy: number; at: number }> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find(metric => metric.name === name)?.value ?? Number.NaN
  return { busy: of('TaskDuration'), at: of('Timestamp') }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** The most memory that the window takes while many messages arrive in the open room, against what it took before. */
const measureMemory = async (renderer: number, speaker: Speaker): Promise<Comparison> => {
  const count = 100_000
  const start = memoryOf(renderer)
  let peak = start
  const watch = setInterval(() => (peak = Math.max(peak, memoryOf(renderer))), 100)
  await speaker.say(openRoom, count, 2_500)
  clearInterval(watch)
  return {
    name: `memory of the window while ${count} messages arrive in the open room`,
    baseline: `before: ${megabytes(start)}`,
    candidate: `at most: ${megabytes(peak)}`,
    ratio: start / peak,
    bar: 1 / 1.5,
  }
}

/** Milliseconds from a key to the frame that shows its letter, for `keys` keys. */
const typeKeys = async (page: Page, cdp: CDPSession, keys: number): Promise<number[]> => {
  await composer(page).focus()
  await page.evaluate(() => {
    const echoes: number[] = []
    Object.assign(globalThis, { echoes })
    addEventListener('keydown', event => {
      const channel = new MessageChannel()
      // What is posted in a frame is taken up right after that frame's rendering.
      requestAnimationFrame(() => {
        channel.port1.onmessage = () => echoes.push(performance.now() - event.timeStamp)
        channel.port2.postMessage(null)
      })
    })
  })
  for (let key = 0; key < keys; key++) {
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', text: 'a', key: 'a', code: 'KeyA' })
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'a', code: 'KeyA' })
    await sleep(40)
  }
  return page.evaluate(() => (globalThis as unknown as { echoes: number[] }).echoes)
}

const measureEcho = async (page: Page, cdp: CDPSession, speaker: Speaker): Promise<Comparison[]> => {
  const keys = 200
  const quiet = percentile(await typeKeys(page, cdp, keys), 0.95)
  const [busy] = await Promise.all([typeKeys(page, cdp, keys), speaker.say(openRoom, 400, 50)])
  const p95 = percentile(busy.slice(-keys), 0.95)
  return [
    {
      name: 'a key’s echo, p95, at 50 messages/s in the open room',
      baseline: `quiet: ${quiet.toFixed(1)} ms`,
      candidate: `busy: ${p95.toFixed(1)} ms`,
      ratio: frame / p95,
      bar: 1,
    },
  ]
}

const measureClosedRoom = async (cdp: CDPSession, speaker: Speaker): Promise<Comparison> => {
  const share = async (during: Promise<unknown>): Promise<number> => {
    const before = await usage(cdp)
    await during
    const after = await usage(cdp)
    return (after.busy - before.busy) / (after.at - before.at)
  }
  const quiet = await share(sleep(3_000))
  const busy = await share(speaker.say(closedRoom, 500, 50))
  return {
    name: '50 messages/s in a closed room, of the window’s main thread',
    baseline: `quiet: ${(quiet * 100).toFixed(1)} %`,
    candidate: `busy: ${(busy * 100).toFixed(1)} %`,
    ratio: 0.05 / busy,
    bar: 1,
  }
}

/** @returns the memory, the echo of a key and the idle cost of the window. */
export const benchWindow = async (): Promise<Comparison[]> => {
  const host = await startHost(unlimited)
  const url = `ws://127.0.0.1:${host.port}/stomp`
  const speaker = await Speaker.enter(url)
  await speaker.createRoom(closedRoom)
  try {
    return await withApp(async (app, page) => {
      await enter(page, url)
      const cdp = await page.context().newCDPSession(page)
      await cdp.send('Performance.enable')
      await sleep(2_000)
      const closed = await measureClosedRoom(cdp, speaker)
      const echo = await measureEcho(page, cdp, speaker)
      const memory = await measureMemory(findRenderer(app.process().pid ?? 0), speaker)
      return [closed, ...echo, memory]
    })
  } finally {
    await speaker.leave()
    host.stop()
  }
}
