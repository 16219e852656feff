/** Encodes frames for one kind of peer: its STOMP version, and whether each frame is a WebSocket message. */
import { isUtf8 } from 'node:buffer'
import type { Version } from '../../../shared/stomp/frame.ts'
import { formatHead } from '../../../shared/stomp/head.ts'
import type { Framing } from '../transport/transport.ts'

const noBody = new Uint8Array(0)
/** FIN set, no extension (RFC 6455, 5.2). A server does not mask. */
const textMessage = 0x81
const binaryMessage = 0x82
const lineFeed = 10

const isText = (body: Uint8Array): boolean => body.length === 0 || isUtf8(body)

const websocketHeaderLength = (payload: number): number => (payload < 126 ? 2 : payload < 65_536 ? 4 : 10)

const writeWebsocketHeader = (buffer: Buffer, payload: number, opcode: number): number => {
  buffer[0] = opcode
  if (payload < 126) {
    buffer[1] = payload
    return 2
  }
  if (payload < 65_536) {
    buffer[1] = 126
    buffer.writeUInt16BE(payload, 2)
    return 4
  }
  buffer[1] = 127
  buffer.writeUInt32BE(0, 2)
  buffer.writeUInt32BE(payload, 6)
  return 10
}

/** One of six combinations. There is one object for each, so that subscribers can be grouped by it. */
export class WireFormat {
  readonly version: Version
  readonly framing: Framing
  /** Unique among the formats. */
  readonly name: string
  /** One line end, framed for this kind of peer. */
  readonly heartBeat: Buffer

  constructor(version: Version, framing: Framing) {
    this.version = version
    this.framing = framing
    this.name = `${version} ${framing}`
    this.heartBeat = framing === 'none' ? Buffer.of(lineFeed) : Buffer.of(textMessage, 1, lineFeed)
  }

  /** @returns the frame as bytes, ready for the peer's socket. */
  frame(command: string, headers: Iterable<readonly [string, string]>, body: Uint8Array = noBody): Buffer {
    return this.bytes(formatHead(command, headers, this.version), body)
  }

  /** As {@link frame}, for an encoded head. A body that is not UTF-8 makes a binary WebSocket message. */
  bytes(head: string, body: Uint8Array): Buffer {
    const webSocket = this.framing === 'websocket'
    const payload = Buffer.byteLength(head) + body.length + 1
    let at = webSocket ? websocketHeaderLength(payload) : 0
    const buffer = Buffer.allocUnsafe(at + payload + (webSocket ? 0 : 1))
    if (webSocket) writeWebsocketHeader(buffer, payload, isText(body) ? textMessage : binaryMessage)
    at += buffer.write(head, at)
    if (body.length > 0) buffer.set(body, at)
    at += body.length
    buffer[at] = 0
    // A line end after the NUL, as RabbitMQ and ActiveMQ send it: PHP's client needs it. A WebSocket message has its own end.
    if (!webSocket) buffer[at + 1] = lineFeed
    return buffer
  }
}

const formatsOf = (framing: Framing): Readonly<Record<Version, WireFormat>> => ({
  '1.0': new WireFormat('1.0', framing),
  '1.1': new WireFormat('1.1', framing),
  '1.2': new WireFormat('1.2', framing),
})
const formats = { websocket: formatsOf('websocket'), none: formatsOf('none') }

/** @returns the format for this version and framing; always the same object. */
export const wireFormat = (version: Version, framing: Framing): WireFormat => formats[framing][version]
