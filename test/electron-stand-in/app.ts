/** `app`: the life of the application, its paths, its one instance. */
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { AppPaths } from './app-paths.ts'
import { launch } from './launch.ts'
import { PreventableEvent } from './preventable.ts'
import { SingleInstanceLock } from './single-instance.ts'
import { windows } from './window-registry.ts'

type Provided = Pick<
  Electron.App,
  | 'exit'
  | 'getAppPath'
  | 'getBadgeCount'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isReady'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>

/** The switches that this process was started with, for Chromium too. */
const commandLine = {
  appendSwitch: (name: string, value = ''): void => void launch.switches.set(name, value),
  getSwitchValue: (name: string): string => launch.switches.get(name) ?? '',
  hasSwitch: (name: string): boolean => launch.switches.has(name),
  removeSwitch: (name: string): void => void launch.switches.delete(name),
} satisfies Partial<Electron.CommandLine>

/** The system's locale as Chromium reads it on Linux. */
const systemLocale = (): string => {
  const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env
  const given = [LANGUAGE?.split(':')[0], LC_ALL, LC_MESSAGES, LANG].find(Boolean) ?? 'en_US'
  const locale = given.replace(/[.@].*$/, '').replace('_', '-')
  return locale === 'C' || locale === 'POSIX' ? 'en-US' : locale
}

class App extends EventEmitter implements Provided {
  readonly commandLine = commandLine
  readonly isPackaged = false
  readonly #paths = new AppPaths(() => this.name)
  readonly #lock = new SingleInstanceLock()
  readonly #readied = Promise.withResolvers<undefined>()
  readonly #beforeExit: (() => Promise<void>)[] = []
  #name = launch.package.productName ?? launch.package.name ?? 'Electron'
  #isReady = false
  #isQuitting = false
  #hasExited = false
  #badgeCount = 0

  get name(): string {
    return this.#name
  }

  set name(name: string) {
    this.#name = name
  }

  getName(): string {
    return this.#name
  }

  setName(name: string): void {
    this.#name = name
  }

  getVersion(): string {
    return launch.package.version ?? process.versions.electron
  }

  getAppPath(): string {
    return launch.appPath
  }

  getLocale(): string {
    return launch.switches.get('lang') ?? systemLocale()
  }

  getPreferredSystemLanguages(): string[] {
    return [systemLocale()]
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return this.#paths.get(name)
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  isReady(): boolean {
    return this.#isReady
  }

  async whenReady(): Promise<void> {
    await this.#readied.promise
  }

  becomeReady(): void {
    if (this.#isQuitting) return
    this.#isReady = true
    this.#readied.resolve(undefined)
    this.emit('ready', {}, {})
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const socketPath = join(this.getPath('userData'), 'SingletonSocket')
    const own = { argv: process.argv, cwd: process.cwd(), data: additionalData }
    return this.#lock.request(socketPath, own, ({ argv, cwd, data }) => {
      void this.whenReady().then(() => this.emit('second-instance', {}, argv, cwd, data))
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock.isHeld
  }

  releaseSingleInstanceLock(): void {
    this.#lock.release()
  }

  /** Does nothing but on Windows. */
  setAppUserModelId(): void {
    return
  }

  setBadgeCount(count = 0): boolean {
    this.#badgeCount = count
    return true
  }

  getBadgeCount(): number {
    return this.#badgeCount
  }

  get isQuitting(): boolean {
    return this.#isQuitting
  }

  /** before-quit, each window's close, will-quit, quit: any of the first three may prevent it. */
  quit(): void {
    if (this.#isQuitting) return
    this.#isQuitting =
      this.#emitPreventable('before-quit') && this.#closeWindows() && this.#emitPreventable('will-quit')
    if (this.#isQuitting) this.#end(0)
  }

  exit(code = 0): void {
    this.#isQuitting = true
    this.#end(code)
  }

  /** Registers what has to end before the process does. */
  beforeExit(end: () => Promise<void>): void {
    this.#beforeExit.push(end)
  }

  #emitPreventable(name: string): boolean {
    const event = new PreventableEvent()
    this.#isQuitting = true
    this.emit(name, event)
    return !event.defaultPrevented
  }

  #closeWindows(): boolean {
    for (const window of windows.values()) {
      window.close()
      if (!window.isDestroyed()) return false
    }
    return true
  }

  #end(code: number): void {
    if (this.#hasExited) return
    this.#hasExited = true
    this.emit('quit', {}, code)
    this.#lock.release()
    void Promise.all(this.#beforeExit.map(end => end())).then(() => process.exit(code))
  }
}

export const app = new App()
