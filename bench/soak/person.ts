/** A simulated person: sends and listens in all rooms, and loses the connection now and then. */
import { WebSocket } from 'ws'
import { FrameDecoder } from '../../shared/stomp/decoder.ts'
import type { Frame } from '../../shared/stomp/frame.ts'
import { contentOf, Ledger } from './ledger.ts'

/** Larger than any limit of the host. */
const frameLimits = { frameBytes: 1024 * 1024, headers: 64, headerBytes: 64 * 1024, headerNameLength: 256 }

export const roomIdOf = (room: number): string => `soak-${room}`

const frame = (command: string, headers: Record<string, string>, body = ''): string =>
  `${command}\n${Object.entries(headers)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('')}\n${body}\0`

export interface PersonOptions {
  url: string
  number: number
  rooms: number
  /** Called for each violation. */
  onWrong: (sentence: string) => void
  /** A RECEIPT has arrived. */
  onReceipt: () => void
}

export class Person {
  /** One for each room. */
  readonly ledgers: readonly Ledger[]
  /** The number of sent messages. */
  sent = 0
  /** How often the host, and not this person, ended the connection. */
  cutByHost = 0
  delivered = 0
  /** Messages without a RECEIPT, oldest first: they are sent again on the next connection. */
  readonly #waiting = new Map<number, string>()
  readonly #options: PersonOptions
  #websocket: WebSocket | null = null
  #ready = false
  #ended = false

  constructor(options: PersonOptions) {
    const { rooms, onWrong, number } = options
    this.#options = options
    this.ledgers = Array.from(
      { length: rooms },
      (_, room) => new Ledger(room, rooms, sentence => onWrong(`person ${number}, ${sentence}`)),
    )
  }

  /** Messages without RECEIPT. */
  get waiting(): number {
    return this.#waiting.size
  }

  connect(): void {
    if (this.#ended || this.#websocket) return
    const websocket = new WebSocket(this.#options.url, 'v12.stomp')
    const decoder = new FrameDecoder(frameLimits)
    this.#websocket = websocket
    websocket.on('open', () =>
      websocket.send(
        frame('CONNECT', {
          'accept-version': '1.2',
          host: 'soak',
          'heart-beat': '0,0',
          login: `person-${this.#options.number}`,
          'device-key': `device key of person ${this.#options.number}`,
        }),
      ),
    )
    websocket.on('message', data => {
      if (websocket !== this.#websocket || !Buffer.isBuffer(data)) return
      decoder.push(data)
      for (let next = decoder.next(); next; next = decoder.next()) this.#take(next)
    })
    websocket.on('error', () => undefined)
    websocket.on('close', () => {
      if (websocket !== this.#websocket) return
      this.#drop()
      if (!this.#ended) this.cutByHost++
      setTimeout(() => this.connect(), 100)
    })
  }

  /** Sends a message to the next room; without a connection it is sent on the next one. */
  say(): void {
    const number = this.sent++
    const content = contentOf(this.#options.number, number)
    const roomId = roomIdOf(number % this.#options.rooms)
    const id = `${this.#options.number}-${number}`
    const send = frame(
      'SEND',
      { destination: '/app/chat/message', receipt: String(number) },
      JSON.stringify({ roomId, id, content }),
    )
    this.#waiting.set(number, send)
    if (this.#ready) this.#websocket?.send(send)
  }

  /** Breaks the connection without a DISCONNECT. */
  breakOff(): void {
    const websocket = this.#websocket
    this.#drop()
    websocket?.terminate()
  }

  end(): void {
    this.#ended = true
    this.breakOff()
  }

  #drop(): void {
    this.#websocket = null
    this.#ready = false
  }

  #take({ command, headers, body }: Frame): void {
    if (command === 'MESSAGE') this.#takeMessage(headers, body)
    else if (command === 'RECEIPT') {
      this.#waiting.delete(Number(headers.get('receipt-id')))
      this.#options.onReceipt()
    } else if (command === 'CONNECTED') this.#start()
    else this.#options.onWrong(`person ${this.#options.number}: ${command} ${headers.get('message') ?? ''}`)
  }

  #takeMessage(headers: Frame['headers'], body: Uint8Array): void {
    const ledger = this.ledgers[Number(headers.get('subscription'))]
    const text = Buffer.from(body).toString()
    if (!ledger) {
      this.#options.onWrong(`person ${this.#options.number}: refused: ${text}`)
      return
    }
    this.delivered++
    ledger.take(Number(headers.get('x-stream-offset')), text)
  }

  /** Resumes where the last connection ended: with the missed messages, and those that may not have arrived. */
  #start(): void {
    const websocket = this.#websocket
    websocket?.send(frame('SUBSCRIBE', { id: 'errors', destination: '/user/queue/errors' }))
    for (const [room, { next }] of this.ledgers.entries()) {
      const destination = `/topic/room.${roomIdOf(room)}`
      websocket?.send(
        frame('SUBSCRIBE', { id: String(room), destination, 'x-stream-offset': `offset=${next}` }),
      )
    }
    for (const send of this.#waiting.values()) websocket?.send(send)
    this.#ready = true
  }
}
