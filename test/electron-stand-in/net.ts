/** `net`: requests from the main process, to files and the app's own schemes too. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { handlerOf } from './protocol.ts'

const contentTypes = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
])

const fetchFile = async (url: string): Promise<Response> => {
  const file = fileURLToPath(url)
  const body = await readFile(file).catch((cause: unknown) => {
    throw new Error('net::ERR_FILE_NOT_FOUND', { cause })
  })
  const type = contentTypes.get(extname(file)) ?? 'application/octet-stream'
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } })
}

export const net = {
  fetch: async (url: string, init?: RequestInit): Promise<Response> => {
    if (url.startsWith('file:')) return fetchFile(url)
    return handlerOf(url)?.(new Request(url, init)) ?? fetch(url, init)
  },
}
