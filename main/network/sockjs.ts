/** Tells a SockJS endpoint, whose raw WebSocket is one step below it. */
import { request as requestHttp, type ClientRequest } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'

/** What the greeting URL answers (https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html, section 1). */
const greeting = 'Welcome to SockJS!'

/** What decides whether the other end of a `wss:` address is trusted. `finishRequest` sends the request once that is known. */
export type Trust = Pick<RequestOptions, 'ca' | 'rejectUnauthorized'> & {
  finishRequest?: (request: ClientRequest) => void
}

/**
 * Asks the endpoint by a plain GET; never rejects.
 * @param url `ws:` or `wss:` address.
 * @param trust how a `wss:` server is told from an impostor: the same options as for its WebSocket.
 * @param timeout milliseconds.
 * @returns whether it greets as SockJS does; its WebSocket is then at `<endpoint>/websocket`.
 */
export const isSockJs = (url: string, trust: Trust, timeout = 5000): Promise<boolean> =>
  new Promise(resolve => {
    const { finishRequest, ...tls } = trust
    const address = new URL(url.replace(/^ws/, 'http'))
    const ask = address.protocol === 'https:' ? requestHttps : requestHttp
    const request = ask(address, { ...tls, signal: AbortSignal.timeout(timeout) }, response => {
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
