/**
 * A STOMP subscriber on a raw socket that costs less than any server: it counts deliveries by their NULs, without
 * parsing.
 */
import { connect, type Socket } from 'node:net'
import { stampsIn } from './stamp.ts'

/** All connections share one read buffer: it is scanned before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(65_536)

/** @returns a masked WebSocket text message; the mask is zero, so that the payload stays unchanged. */
export const clientMessage = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const header = Buffer.alloc(payload.length < 126 ? 6 : 8, 0)
  header[0] = 0x81
  header[1] = 0x80 | Math.min(payload.length, 126)
  if (payload.length >= 126) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}

export class LoadConnection {
  /** Called with the number of received messages, and the times at which they were sent if `stamps` is on. */
  onMessages: (count: number, sentAt: readonly number[]) => void = () => undefined
  stamps = false
  /** Milliseconds between two reads; 0 reads data as soon as it arrives. */
  readEvery = 0
  /** Called when the connection ends, whichever side closed it. */
  onClose: () => void = () => undefined
  readonly #socket: Socket
  #text = ''
  #counting = false
  #onText: () => void = () => undefined

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  /** Connects, completes the handshake, and waits for CONNECTED. */
  static async open(port: number): Promise<LoadConnection> {
    const connection = await new Promise<LoadConnection>((resolve, reject) => {
      const socket: Socket = connect({
        port,
        host: '127.0.0.1',
        onread: {
          buffer: readBuffer,
          callback: length => {
            opened.#read(length)
            if (opened.readEvery === 0) return true
            setTimeout(() => socket.resume(), opened.readEvery)
            return false
          },
        },
      })
      const opened = new LoadConnection(socket)
      socket.setNoDelay(true)
      socket.on('error', reject)
      socket.once('close', () => opened.onClose())
      socket.once('connect', () => resolve(opened))
    })
    connection.write(
      Buffer.from(
        `GET /stomp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n`,
      ),
    )
    await connection.#waitFor('\r\n\r\n')
    connection.write(clientMessage('CONNECT\naccept-version:1.2\nhost:bench\nheart-beat:0,0\n\n\0'))
    await connection.#waitFor('CONNECTED')
    return connection
  }

  /** Subscribes and waits for the RECEIPT. Afterwards only messages are expected. */
  async subscribe(destination: string): Promise<void> {
    this.write(clientMessage(`SUBSCRIBE\nid:0\ndestination:${destination}\nreceipt:r\n\n\0`))
    await this.#waitFor('RECEIPT')
    this.#counting = true
  }

  /** Subscribes from an offset of the history on. Afterwards only messages are expected. */
  resume(destination: string, offset: number): void {
    this.#counting = true
    this.write(
      clientMessage(`SUBSCRIBE\nid:0\ndestination:${destination}\nx-stream-offset:offset=${offset}\n\n\0`),
    )
  }

  /** Sends and waits for the RECEIPT. */
  async request(destination: string, body: string): Promise<void> {
    this.write(clientMessage(`SEND\ndestination:${destination}\nreceipt:r\n\n${body}\0`))
    await this.#waitFor('RECEIPT')
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  close(): void {
    this.#socket.destroy()
  }

  #waitFor(text: string): Promise<void> {
    return new Promise(resolve => {
      this.#onText = () => {
        if (!this.#text.includes(text)) return
        this.#text = ''
        this.#onText = () => undefined
        resolve()
      }
    })
  }

  #read(length: number): void {
    if (!this.#counting) {
      this.#text += readBuffer.toString('latin1', 0, length)
      this.#onText()
      return
    }
    let count = 0
    const bytes = readBuffer.subarray(0, length)
    // Bodies and headers contain no NUL, and WebSocket headers of lengths below 64 KiB contain one only for multiples
    // of 256.
    for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) count++
    this.onMessages(count, this.stamps ? stampsIn(bytes) : [])
  }
}
