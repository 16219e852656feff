/**
 * The baseline: what `ws` and the machine can do when nothing is checked. Messages of one turn of the event loop are joined, once for
 * each topic, and written to every socket in one call; STOMP is recognised by its first letters. Run as a process of its own.
 */
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

const topics = new Map<string, Set<Duplex>>()
const pending = new Map<Set<Duplex>, Buffer[]>()

const websocketFrame = (payload: Buffer): Buffer => {
  const header = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0])
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}

const flush = (): void => {
  for (const [sockets, frames] of pending) {
    const joined = frames.length === 1 ? frames[0] : Buffer.concat(frames)
    for (const socket of sockets) socket.write(joined)
  }
  pending.clear()
}

const publish = (sockets: Set<Duplex>, frame: Buffer): void => {
  const frames = pending.get(sockets)
  if (frames) frames.push(frame)
  else if (pending.set(sockets, [frame]).size === 1) setImmediate(flush)
}

let messages = 0
const server = createServer()
const websockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, skipUTF8Validation: true })
server.on('upgrade', (request, socket, head) => {
  websockets.handleUpgrade(request, socket, head, websocket => {
    const reply = (text: string): unknown => socket.write(websocketFrame(Buffer.from(text)))
    websocket.on('error', () => undefined)
    websocket.on('message', data => {
      if (!Buffer.isBuffer(data)) return
      if (data[0] === 0x43) return reply('CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0')
      const start = data.indexOf('destination:') + 'destination:'.length
      const destination = data.toString('latin1', start, data.indexOf('\n', start))
      const sockets = topics.get(destination) ?? new Set()
      if (data[1] === 0x55) {
        topics.set(destination, sockets.add(socket))
        websocket.on('close', () => sockets.delete(socket))
        return reply('RECEIPT\nreceipt-id:r\n\n\0')
      }
      const blank = data.indexOf('\n\n')
      const head = `MESSAGE\nsubscription:0\nmessage-id:${++messages}\ndestination:${destination}\ncontent-length:${data.length - blank - 3}\n\n`
      publish(sockets, websocketFrame(Buffer.concat([Buffer.from(head, 'latin1'), data.subarray(blank + 2)])))
      return undefined
    })
  })
})
server.listen({ host: '127.0.0.1', port: 0, backlog: 2048 }, () => {
  const address = server.address()
  if (address !== null && typeof address === 'object')
    console.log(JSON.stringify({ ready: true, port: address.port }))
})
