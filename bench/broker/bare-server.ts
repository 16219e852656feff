/**
 * The baseline: the maximum of `ws` and the machine without any checks. Messages of one tick are joined once for each
 * topic, and written to each socket with one call. With `--history` it keeps the frames of all topics in memory and
 * sends those that a subscriber requests by `x-stream-offset`. Runs in its own process.
 */
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { connected, headerOf, isConnect, isSubscribe, messageOf, receipt } from './minimal-stomp.mjs'

/** The largest backlog of one socket in bytes; a slow reader misses messages beyond it. */
const mostWaiting = 1024 * 1024
const keepsHistory = process.argv.includes('--history')

interface Topic {
  sockets: Set<Duplex>
  /** Messages of this tick. */
  pending: Buffer[]
  /** Every WebSocket message of the topic, as it went out. */
  history: Buffer[]
}
const topics = new Map<string, Topic>()
const active = new Set<Topic>()

const topicOf = (destination: string): Topic => {
  const topic = topics.get(destination) ?? { sockets: new Set(), pending: [], history: [] }
  topics.set(destination, topic)
  return topic
}

const websocketFrame = (payload: Buffer): Buffer => {
  const header = payload.length < 126 ? Buffer.from([0x81, payload.length]) : Buffer.from([0x81, 126, 0, 0])
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}

const flush = (): void => {
  for (const { sockets, pending } of active) {
    const joined = pending.length === 1 ? pending[0] : Buffer.concat(pending)
    pending.length = 0
    for (const socket of sockets) if (socket.writableLength < mostWaiting) socket.write(joined)
  }
  active.clear()
}

const publish = (topic: Topic, frame: Buffer): void => {
  topic.pending.push(frame)
  if (keepsHistory) topic.history.push(frame)
  if (active.has(topic)) return
  if (active.size === 0) setImmediate(flush)
  active.add(topic)
}

const server = createServer()
const websockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, skipUTF8Validation: true })
server.on('upgrade', (request, socket, head) => {
  websockets.handleUpgrade(request, socket, head, websocket => {
    const reply = (text: string): unknown => socket.write(websocketFrame(Buffer.from(text)))
    const subscribe = (topic: Topic, frame: Buffer): void => {
      topic.sockets.add(socket)
      websocket.on('close', () => topic.sockets.delete(socket))
      const offset = headerOf(frame, 'x-stream-offset')
      if (offset === null) reply(receipt)
      else socket.write(Buffer.concat(topic.history.slice(Number(offset.slice('offset='.length)))))
    }
    websocket.on('error', () => undefined)
    websocket.on('message', data => {
      if (!Buffer.isBuffer(data)) return
      if (isConnect(data)) {
        reply(connected)
        return
      }
      const destination = headerOf(data, 'destination') ?? ''
      if (isSubscribe(data)) subscribe(topicOf(destination), data)
      else publish(topicOf(destination), websocketFrame(messageOf(data, destination)))
    })
  })
})
server.listen({ host: '127.0.0.1', port: 0, backlog: 2048 }, () => {
  const address = server.address()
  if (address !== null && typeof address === 'object')
    console.log(JSON.stringify({ ready: true, port: address.port }))
})
