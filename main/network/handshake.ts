/** A profile's part of the HTTP request that opens a WebSocket. */
import type { Handshake } from '../../shared/core/ports.ts'

export const noHandshake: Handshake = { headers: {}, query: [] }

/** @returns the address with further parameters. */
export const withQuery = (url: string, query: Handshake['query']): string => {
  const added = query.map(pair => pair.map(encodeURIComponent).join('=')).join('&')
  return added === '' ? url : `${url}${new URL(url).search === '' ? '?' : '&'}${added}`
}

/** @returns the headers for Node, which writes them as Latin-1: other letters become the bytes of their UTF-8. */
export const headersOf = ({ headers }: Pick<Handshake, 'headers'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]),
  )
