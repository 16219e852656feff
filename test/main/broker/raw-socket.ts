/** Bare sockets: what no client library would send. */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { until } from '../../shared/core/until.ts'

export const connectFrame = 'CONNECT\naccept-version:1.2\nhost:x\n\n\0'

export class RawSocket {
  readonly socket: Socket
  closed = false
  #text = ''
  /** What has come since the text was looked at. */
  #chunks: Buffer[] = []

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', chunk => this.#chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => (this.closed = true))
  }

  /** @param from the address of this computer to come from, and to go to where it is not of loopback. */
  static open(port: number, from = '127.0.0.1'): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const host = from.startsWith('127.') ? '127.0.0.1' : from
      const socket = connectTcp({ port, host, localAddress: from }, () => resolve(new RawSocket(socket)))
      socket.once('error', reject)
    })
  }

  /** Shakes hands with whatever certificate there is; the plain socket below reads no more. */
  secure(): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      this.socket.removeAllListeners('data')
      const options = { socket: this.socket, rejectUnauthorized: false }
      const socket = connectTls(options, () => resolve(new RawSocket(socket)))
      socket.once('error', reject)
    })
  }

  /** A WebSocket after its handshake; `send` and `received` are raw still. */
  static async upgrade(port: number, headers: Record<string, string> = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(port)
    await raw.shakeHands(port, headers)
    return raw
  }

  /** Asks for a WebSocket, and waits for the answer. */
  async shakeHands(port: number, headers: Record<string, string>): Promise<void> {
    const lines = Object.entries({
      Host: `127.0.0.1:${port}`,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version': '13',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    this.send(`GET /stomp HTTP/1.1\r\n${lines.join('')}\r\n`)
    await this.waitFor('\r\n\r\n')
  }

  get received(): string {
    this.#text += Buffer.concat(this.#chunks.splice(0)).toString('latin1')
    return this.#text
  }

  send(data: string | Uint8Array): void {
    this.socket.write(data)
  }

  /** Sends one WebSocket message, or a fragment of one. */
  sendMessage(data: string | Uint8Array, opcode = 0x81): void {
    const payload = Buffer.from(data)
    const header = Buffer.alloc(payload.length < 126 ? 6 : 8)
    header[0] = opcode
    // A mask of zeros leaves the payload as it is.
    if (payload.length < 126) header[1] = 0x80 | payload.length
    else {
      header[1] = 0x80 | 126
      header.writeUInt16BE(payload.length, 2)
    }
    this.send(Buffer.concat([header, payload]))
  }

  /** Waits until this text, or a match, has come. */
  async waitFor(text: string | RegExp): Promise<void> {
    await until(() => (typeof text === 'string' ? this.received.includes(text) : text.test(this.received)))
  }

  async waitForClose(): Promise<void> {
    await until(() => this.closed)
  }
}
