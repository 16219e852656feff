/** Bun's own publish and subscribe under the load client. Run by Bun. */
import { connected, headerOf, isConnect, isSubscribe, messageOf, receipt } from './minimal-stomp.mjs'

/** The part of Bun's API that is used here. */
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
      /** The largest backlog of one socket in bytes, beyond which messages are dropped. */
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
    // No message may be dropped: the load client counts them all.
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
