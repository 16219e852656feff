/** `session`: the one session that all windows share, and what its pages are permitted. */
import { browserSession } from './targets.ts'
import type { Protocol } from './cdp.ts'
import { protocol } from './protocol.ts'

type PermissionRequestHandler = (
  webContents: unknown,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void
type PermissionCheckHandler = (webContents: unknown, permission: string) => boolean

/** Electron's name of a permission, and Chromium's. */
const permissions: [electron: string, chromium: string][] = [
  ['notifications', 'notifications'],
  ['geolocation', 'geolocation'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
]

class Session {
  readonly protocol = protocol
  readonly availableSpellCheckerLanguages = ['en-US', 'ko']
  #languages = ['en-US']
  #request: PermissionRequestHandler | undefined
  #check: PermissionCheckHandler | undefined

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.#request = handler ?? undefined
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.#check = handler ?? undefined
  }

  setSpellCheckerLanguages(languages: string[]): void {
    const unknown = languages.find(language => !this.availableSpellCheckerLanguages.includes(language))
    if (unknown !== undefined)
      throw new Error(`Invalid language code provided: "${unknown}" is not a valid language code`)
    this.#languages = languages
  }

  /** This computer has no proxy. */
  resolveProxy(_url: string): Promise<string> {
    return Promise.resolve('DIRECT')
  }

  getSpellCheckerLanguages(): string[] {
    return this.#languages
  }

  /**
   * Asks the app about every permission, before a page can, and tells Chromium; Electron grants where the app has no handler.
   */
  async decidePermissions(webContents: object): Promise<void> {
    await Promise.all(
      permissions.map(async ([permission, name]) => {
        const requested = await new Promise<boolean>(resolve => {
          if (this.#request) this.#request(webContents, permission, resolve, {})
          else resolve(true)
        })
        const granted = requested && (this.#check?.(webContents, permission) ?? true)
        const setting: Protocol.Browser.PermissionSetting = granted ? 'granted' : 'denied'
        await browserSession().send('Browser.setPermission', { permission: { name }, setting })
      }),
    )
  }
}

export const session = { defaultSession: new Session() }
