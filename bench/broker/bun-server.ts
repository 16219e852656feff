/** Bun's own publish and subscribe under the load client. Run by Bun. */
import { connected, headerOf, isConnect, isSubscribe, messageOf, receipt } from './minimal-stomp.mjs'

/** What is used of Bun here. */
interface Socket {
  send(message: string): number
  subscribe(topic: string): void
}
interface Server {
  port: number
  upgrade(request: Request, options: { headers: Record<string, string> }): boolean
  publish(topic: string, message: Buffer): number
}
declare const Bun: {
  serve(options: {
    hostname: string
    port: number
    fetch(request: Request, server: Server): Response | undefined
    websocket: {
      /** Bytes that may wait for one socket before messages are left out. */
      backpressureLimit: number
      /** Seconds; 0 for none. */
      idleTimeout: number
      message(socket: Socket, data: string | Buffer): void
    }
  }): Server
}

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: (request, own) =>
    own.upgrade(request, { headers: { 'sec-websocket-protocol': 'v12.stomp' } })
      ? undefined
      : new Response(null, { status: 426 }),
  websocket: {
    // No message is left out: the load client counts them all.
    backpressureLimit: 64 * 1024 * 1024,
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
      } else server.publish(destination, messageOf(frame, destination))
    },
  },
})
console.log(JSON.stringify({ ready: true, port: server.port }))
