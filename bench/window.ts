/**
 * The window of the built app while messages arrive: `npm run bench -- window`. Electron if it is installed, else the
 * stand-in.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, ElectronApplication, Locator, Page } from '@playwright/test'
import { connect, fillAddress, t, withApp } from './app.ts'
import { unlimited } from './fanout.ts'
import { compareTimes, type Comparison } from './harness.ts'
import { percentile } from './percentile.ts'
import { startHost } from './broker/server-process.ts'
import { alternate } from './rounds.ts'
import { measureFirstPaint } from './window/first-paint.ts'
import { findRenderer, memoryOf } from './window/renderer-memory.ts'
import { Speaker } from './window/speaker.ts'

/** Milliseconds between two keys. */
const keyPause = 40
const [openRoom, closedRoom] = ['general', 'elsewhere'] as const

const composer = (page: Page): Locator =>
  page.getByRole('textbox', { name: t('composer:label', { room: t('desktop:firstRoom') }) })

/** First run: a name, and the address of a host. @returns when the host's first room is shown. */
const enter = async (page: Page, url: string): Promise<void> => {
  await fillAddress(page, url)
  await connect(page)
  await page.locator(`button[title="${t('desktop:firstRoom')}"]`).click()
  await composer(page).waitFor()
}

/** Totals of the window's main thread: busy time and elapsed time. Seconds. */
const usage = async (cdp: CDPSession): Promise<{ busy: number; at: number }> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find(metric => metric.name === name)?.value ?? Number.NaN
  return { busy: of('TaskDuration'), at: of('Timestamp') }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

/** The peak memory of the window while many messages arrive in the open room, compared with its memory before. */
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

/** A window with only a text field: the minimum cost of a key on this machine. */
const openBarePage = async (app: ElectronApplication): Promise<Page> => {
  const opened = app.waitForEvent('window')
  await app.evaluate(
    ({ BrowserWindow }) =>
      void new BrowserWindow({ webPreferences: { backgroundThrottling: false } }).loadURL(
        'data:text/html,<!doctype html><title>bare</title><textarea></textarea>',
      ),
  )
  const page = await opened
  await page.locator('textarea').waitFor()
  return page
}

/** Milliseconds from each key to the frame that shows its letter, for `keys` keys in the field. */
const typeKeys = async (field: Locator, cdp: CDPSession, keys: number): Promise<number[]> => {
  const page = field.page()
  await page.bringToFront()
  await field.fill('')
  await field.focus()
  await page.evaluate(() => {
    const echoes: number[] = []
    const told = new AbortController()
    Object.assign(globalThis, { echoes, told })
    const listen = (event: KeyboardEvent): void => {
      const channel = new MessageChannel()
      // A message posted in a frame is handled right after that frame is rendered.
      requestAnimationFrame(() => {
        channel.port1.onmessage = () => echoes.push(performance.now() - event.timeStamp)
        channel.port2.postMessage(null)
      })
    }
    addEventListener('keydown', listen, { signal: told.signal })
  })
  for (let key = 0; key < keys; key++) {
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', text: 'a', key: 'a', code: 'KeyA' })
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'a', code: 'KeyA' })
    await sleep(keyPause)
  }
  return page.evaluate(() => {
    const { echoes, told } = globalThis as unknown as { echoes: number[]; told: AbortController }
    told.abort()
    return echoes
  })
}

/**
 * The echo of a key in the composer, compared with that in a bare page, in alternation, while messages arrive in the
 * open room.
 */
const measureEcho = async (app: ElectronApplication, page: Page, speaker: Speaker): Promise<Comparison> => {
  const [keys, perSecond] = [100, 50]
  const barePage = await openBarePage(app)
  const p95 = async (field: Locator): Promise<number> => {
    const cdp = await field.page().context().newCDPSession(field.page())
    const messages = Math.round((keys * keyPause * perSecond) / 1000)
    const [echoes] = await Promise.all([
      typeKeys(field, cdp, keys),
      speaker.say(openRoom, messages, perSecond),
    ])
    await cdp.detach()
    return percentile(echoes, 0.95)
  }
  const echoes = await alternate(7, {
    bare: () => p95(barePage.locator('textarea')),
    composer: () => p95(composer(page)),
  })
  await barePage.close()
  return compareTimes(
    `a key’s echo, p95, at ${perSecond} messages/s in the open room`,
    { label: 'bare <textarea>', times: echoes.bare },
    { label: 'composer', times: echoes.composer },
    1 / 1.5,
  )
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

/** @returns the size, the idle cost, the echo of a key and the memory of the window. */
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
      const echo = await measureEcho(app, page, speaker)
      const memory = await measureMemory(findRenderer(app.process().pid ?? 0), speaker)
      return [measureFirstPaint(), closed, echo, memory]
    })
  } finally {
    await speaker.leave()
    host.stop()
  }
}
