/** Tells a SockJS endpoint, whose raw WebSocket is one step below it. */
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'

/** What the greeting URL answers (https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html, section 1). */
const greeting = 'Welcome to SockJS!'

/**
 * Asks the endpoint by a plain GET; never rejects.
 * @param url `ws:` or `wss:` address. @param timeout milliseconds.
 * @returns whether it greets as SockJS does; its WebSocket is then at `<endpoint>/websocket`.
 */
export const isSockJs = (url: string, timeout = 5000): Promise<boolean> =>
  new Promise(resolve => {
    const address = new URL(url.replace(/^ws/, 'http'))
    const get = address.protocol === 'https:' ? getHttps : getHttp
    const request = get(address, { signal: AbortSignal.timeout(timeout) }, response => {
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
  })
