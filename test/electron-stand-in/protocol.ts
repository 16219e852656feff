/**
 * `protocol`: schemes of the app's own. Chromium cannot be taught a scheme from outside, so pages of `SCHEME://HOST/…` are served at
 * `https://HOST.SCHEME.electron-stand-in.invalid/…`, which is a secure context as a privileged scheme is one.
 */
import { app } from './app.ts'

type Handler = (request: Request) => Response | Promise<Response>

const domain = '.electron-stand-in.invalid'
/** Matches every address of a scheme of the app's own, as Chromium's Fetch domain wants it. */
export const servedAddresses = `https://*${domain}/*`

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()

/** @returns the address at which Chromium finds what the app calls `url`. */
export const toChromium = (url: string): string => {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  return privileged.has(scheme) ? `https://${host}.${scheme}${domain}${rest || '/'}` : url
}

/** @returns the app's name for an address of Chromium's. */
export const toApp = (url: string): string => {
  const [, host, scheme, rest] =
    /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.electron-stand-in\.invalid(.*)$/i.exec(url) ?? []
  return scheme === undefined ? url : `${scheme}://${host ?? ''}${rest ?? ''}`
}

/** @returns the app's handler for the scheme of `url`. */
export const handlerOf = (url: string): Handler | undefined => handlers.get(url.slice(0, url.indexOf(':')))

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) {
        throw new Error('Only standard and secure schemes are provided by the stand-in.')
      }
      privileged.add(scheme)
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!privileged.has(scheme)) throw new Error(`${scheme} has not been registered as privileged.`)
    if (handlers.has(scheme)) throw new Error(`${scheme} is handled already.`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme: string): void => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
}
