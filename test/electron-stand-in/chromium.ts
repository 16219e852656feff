/** The Chromium that shows the windows: finding it, starting it, stopping it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { Cdp } from './cdp.ts'
import { launch } from './launch.ts'
import { headlessScreen } from './screen.ts'

const usualPlaces = [
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** @returns Chromium's executable: `CHROMIUM_PATH`, or the first that is in one of the usual places. */
const findChromium = (): string => {
  const given = process.env.CHROMIUM_PATH
  const found = given ?? usualPlaces.find(place => existsSync(place))
  if (found !== undefined && existsSync(found)) return found
  throw new Error(
    given === undefined
      ? 'Chromium is missing. Install it (Debian, Ubuntu: apt-get install chromium), or name its executable in CHROMIUM_PATH.'
      : `CHROMIUM_PATH names ${given}, which is not there.`,
  )
}

/** Whether windows are drawn on no screen at all. */
export const isHeadless = process.env.ELECTRON_STANDIN_HEADFUL !== '1'

/** Electron's own switches, and those that the stand-in decides on. */
const notForChromium = new Set([
  'inspect',
  'inspect-brk',
  'user-data-dir',
  'remote-debugging-port',
  'no-sandbox',
])

const ownSwitches = [
  '--no-sandbox',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--test-type',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--disable-search-engine-choice-screen',
  '--hide-crash-restore-bubble',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
]

/** Pages of Chromium's own address bar, which no window of Electron has: they cost more to start than the app's page. */
const addressBarFeatures = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']

/** Chromium heeds the last `--disable-features` alone, so the app's own are joined to the stand-in's. */
const switchesOfApp = (): string[] => {
  const disabled = [launch.switches.get('disable-features'), ...addressBarFeatures].filter(Boolean)
  const switches = new Map([...launch.switches, ['disable-features', disabled.join(',')]])
  return [...switches]
    .filter(([name]) => !notForChromium.has(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
}

const profileSwitch = (userData: string): string => `--user-data-dir=${join(userData, 'Chromium')}`

export class Chromium {
  readonly cdp: Cdp
  readonly #process: ChildProcess
  readonly #userData: string

  private constructor(process: ChildProcess, cdp: Cdp, userData: string) {
    this.#process = process
    this.cdp = cdp
    this.#userData = userData
  }

  /**
   * Starts Chromium without a window.
   * @param userData folder whose `Chromium` subfolder becomes the profile.
   * @param onEnd called when Chromium ends, with what it last said.
   */
  static async start(userData: string, onEnd: (lastWords: string) => void): Promise<Chromium> {
    const port = launch.switches.get('remote-debugging-port')
    const child = spawn(
      findChromium(),
      [
        ...(isHeadless ? ['--headless', `--screen-info=${headlessScreen}`] : []),
        ...ownSwitches,
        '--remote-debugging-pipe',
        ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
        profileSwitch(userData),
        ...switchesOfApp(),
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    )
    const [, , errors, input, output] = child.stdio
    const cdp = new Cdp(input as Writable, output as Readable)
    let lastWords = ''
    errors?.setEncoding('utf8').on('data', (chunk: string) => {
      lastWords = (lastWords + chunk).slice(-2000)
      // Playwright reads this line to find the browser.
      const address = /DevTools listening on \S+/.exec(chunk)
      if (address) process.stderr.write(`\n${address[0]}\n`)
    })
    child.on('error', error => onEnd(error.message))
    child.on('exit', () => onEnd(lastWords))
    const { product } = await cdp.browser.send('Browser.getVersion')
    Object.defineProperty(process.versions, 'chrome', { value: product.split('/')[1], enumerable: true })
    return new Chromium(child, cdp, userData)
  }

  /** Opens a window without tabs and address bar: Chromium does so only for a command line, handed over to the running instance. */
  openAppWindow(url: string, bounds: Electron.Rectangle): void {
    spawn(
      this.#process.spawnfile,
      [
        '--no-sandbox',
        '--test-type',
        profileSwitch(this.#userData),
        `--app=${url}`,
        `--window-position=${bounds.x},${bounds.y}`,
        `--window-size=${bounds.width},${bounds.height}`,
      ],
      { stdio: 'ignore' },
    )
  }

  /** Ends Chromium; by force where it takes longer than 3 s. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const ended = new Promise<void>(resolve => this.#process.once('exit', () => resolve()))
    const force = setTimeout(() => this.#process.kill('SIGKILL'), 3000)
    this.cdp.browser.send('Browser.close').catch(() => this.#process.kill('SIGKILL'))
    await ended
    clearTimeout(force)
  }
}
