/** HTTP requests beside the STOMP connection: bounded in time and size, and never redirected. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { TLSSocket } from 'node:tls'
import { Failure, type AppError } from '../../shared/contract/errors.ts'
import type { RoomLists } from '../../shared/core/ports.ts'
import { headersOf, noHandshake, withQuery } from './handshake.ts'
import { showsCertificate } from './pinned-certificate.ts'
import { failureOfAnswer, failureToOpen } from './socket-failure.ts'
import { authorities } from './trust.ts'

/** Milliseconds that a program or a server has to answer. */
export const patience = 20_000
/** The longest list of rooms, in UTF-16 units. */
const longestList = 1024 * 1024

interface WebRequest {
  method: 'GET' | 'POST'
  /** As Node writes them. */
  headers: Readonly<Record<string, string | number>>
  body: string
  /** Its pinned certificate counts if the URL is on the same host and port. */
  server: { url: string; fingerprint: string | null }
  /** Of the answer, in UTF-16 units. What is longer is cut off. */
  longest: number
}

/** @returns the answer. Rejects with an answer that is no success, and with why there is none. */
export const askWeb = (
  url: string,
  { method, headers, body, server, longest }: WebRequest,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const fail = ({ code, params, detail }: AppError): void => reject(new Failure(code, params, detail))
    const address = new URL(url)
    const isSecure = address.protocol === 'https:'
    const { host } = new URL(server.url)
    const fingerprint = isSecure && address.host === host ? server.fingerprint : null
    const tls = fingerprint === null ? { ca: authorities() } : { rejectUnauthorized: false }
    const ask = isSecure ? requestHttps : requestHttp
    const reach = { address: null, connected: false, since: performance.now() }
    const request = ask(
      address,
      { ...tls, method, headers, signal: AbortSignal.timeout(patience) },
      answer => {
        const { statusCode = 0 } = answer
        if (statusCode < 200 || statusCode > 299) {
          answer.destroy()
          fail(failureOfAnswer(answer, address.host))
          return
        }
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          text += part
          if (text.length > longest) answer.destroy()
        })
        answer.on('error', () => undefined)
        answer.on('close', () => resolve(text))
      },
    )
    request.on('error', error => fail(failureToOpen(error, new URL(url.replace(/^http/, 'ws')), reach)))
    if (fingerprint === null) request.end(body)
    else
      // Nothing is sent before the certificate is known.
      request.once('socket', socket => {
        socket.once('secureConnect', () => {
          if (socket instanceof TLSSocket && showsCertificate(socket, fingerprint)) request.end(body)
          else request.destroy(new Failure('certificate-changed', { host: address.host }))
        })
      })
  })

/** The desktop's. */
export const roomLists: RoomLists = {
  get: (url, server, { headers, query } = noHandshake) =>
    askWeb(withQuery(url, query), {
      method: 'GET',
      headers: { accept: 'application/json', ...headersOf({ headers }) },
      body: '',
      server,
      longest: longestList,
    }),
}
