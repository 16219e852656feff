/** `app://stompbox/…`: serves only the window's own files, under a strict content security policy. */
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { CustomScheme } from 'electron'

/** To be registered before the app is ready. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}
const host = 'stompbox'
export const appOrigin = `${appScheme.scheme}://${host}`

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
}

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const refuse = (status: number): Response => new Response(null, { status, headers })

/** @returns the requested file below `root`; null for any other path. */
const fileAt = (root: string, pathname: string): string | null => {
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  // After decoding, no segment may be `..`, name a Windows drive or stream, or contain a NUL.
  const parts = path.split('/').slice(1)
  if (/[\\:\0]/.test(path) || parts.some(part => part === '' || part === '.' || part === '..')) return null
  const file = join(root, ...parts)
  return file.startsWith(root + sep) ? file : null
}

/** @returns the handler that serves the files below `root`. */
export const serveFiles =
  (root: string) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const url = new URL(request.url)
    if (url.host !== host) return refuse(404)
    const file = fileAt(root, url.pathname)
    const type = file && contentTypes[extname(file)]
    if (!file || !type) return refuse(404)
    try {
      const body = await readFile(file)
      return new Response(request.method === 'HEAD' ? null : body, {
        headers: { ...headers, 'content-type': type },
      })
    } catch {
      return refuse(404)
    }
  }
