/** Recognises a SockJS endpoint, whose raw WebSocket has a path of its own. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Trust } from './trust.ts'

/** The answer of the greeting URL (https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html, section 1). */
const greeting = 'Welcome to SockJS!'

/**
 * Asks the endpoint with a plain GET; never rejects.
 * @param url `ws:` or `wss:` address.
 * @param trust the TLS options, the same as for the WebSocket.
 * @param timeout milliseconds.
 * @param headers of the request, the same as for the WebSocket.
 * @returns whether it answers as SockJS; its WebSocket is then at `<endpoint>/websocket`.
 */
export const isSockJs = (
  url: string,
  trust: Trust,
  timeout = 5000,
  headers: Readonly<Record<string, string>> = {},
): Promise<boolean> =>
  new Promise(resolve => {
    const { finishRequest, ...tls } = trust
    const address = new URL(url.replace(/^ws/, 'http'))
    const ask = address.protocol === 'https:' ? requestHttps : requestHttp
    const request = ask(address, { ...tls, headers, signal: AbortSignal.timeout(timeout) }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
        if (text.length >= greeting.length) response.destroy()
      })
      response.on('error', () => undefined)
      response.on('close', () => resolve(text.startsWith(greeting)))
    })
    request.on('error', () => resolve(false))
    if (finishRequest) finishRequest(request)
    else request.end()
  })
