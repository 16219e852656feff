/**
 * uWebSockets' own publish and subscribe under the load client. Its first argument is the native module of the Node that runs this.
 */
import { Buffer } from 'node:buffer'
import { createRequire } from 'node:module'
import { connected, headerOf, isConnect, isSubscribe, messageOf, receipt } from './minimal-stomp.mjs'

/**
 * The part of uWebSockets that is used here.
 * @typedef {{ send: (message: string) => number, subscribe: (topic: string) => boolean }} Socket
 * @typedef {object} Behavior
 * @property {number} maxBackpressure the largest backlog of one socket in bytes, beyond which messages are dropped
 * @property {number} idleTimeout seconds; 0 for none
 * @property {(socket: Socket, data: ArrayBuffer) => void} message
 * @typedef {object} App
 * @property {(pattern: string, behavior: Behavior) => App} ws
 * @property {(topic: string, message: Buffer) => boolean} publish
 * @property {(host: string, port: number, listening: (token: unknown) => void) => App} listen
 * @typedef {{ App: () => App, us_socket_local_port: (token: unknown) => number }} Module
 */

/** @type {Module} */
const { App, us_socket_local_port: portOf } = createRequire(import.meta.url)(process.argv[2] ?? '')

const app = App()
app
  .ws('/*', {
    // No message may be dropped: the load client counts them all.
    maxBackpressure: 64 * 1024 * 1024,
    idleTimeout: 0,
    message: (socket, data) => {
      const frame = Buffer.from(data)
      if (isConnect(frame)) {
        socket.send(connected)
        return
      }
      const destination = headerOf(frame, 'destination') ?? ''
      if (isSubscribe(frame)) {
        socket.subscribe(destination)
        socket.send(receipt)
      } else app.publish(destination, messageOf(frame, destination))
    },
  })
  .listen('127.0.0.1', 0, token => {
    console.log(JSON.stringify({ ready: true, port: portOf(token) }))
  })
