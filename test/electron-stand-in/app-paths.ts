/** The folders that `app.getPath` tells, as Electron lays them out on Linux. */
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from './launch.ts'

type PathName = Parameters<Electron.App['getPath']>[0]

export class AppPaths {
  readonly #set = new Map<string, string>()
  readonly #appName: () => string

  constructor(appName: () => string) {
    this.#appName = appName
  }

  set(name: string, path: string): void {
    this.#set.set(name, path)
  }

  /** @returns the folder; that of `userData` is made. Throws as Electron does for what it does not know. */
  get(name: PathName): string {
    const path = this.#set.get(name) ?? this.#default(name)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    if (name === 'userData') mkdirSync(path, { recursive: true })
    return path
  }

  #default(name: PathName): string | undefined {
    switch (name) {
      case 'home':
        return homedir()
      case 'appData':
        return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
      case 'userData':
        return launch.switches.get('user-data-dir') ?? join(this.get('appData'), this.#appName())
      case 'sessionData':
        return this.get('userData')
      case 'logs':
        return join(this.get('userData'), 'logs')
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad')
      case 'temp':
        return tmpdir()
      case 'exe':
        return process.execPath
      case 'downloads':
        return join(homedir(), 'Downloads')
      default:
        return undefined
    }
  }
}
