/** A simulated person: sends messages to a host's rooms at a steady rate. */
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { FrameDecoder } from '../../shared/stomp/decoder.ts'

const frameLimits = { frameBytes: 1024 * 1024, headers: 64, headerBytes: 64 * 1024, headerNameLength: 256 }
/** Milliseconds between two bursts. */
const interval = 20

/** @returns the text of the nth message. */
export const sentence = (nth: number): string =>
  `메시지 ${nth}: the quick brown fox jumps over the lazy dog, 다람쥐 헌 쳇바퀴에 타고파`

export class Speaker {
  readonly #socket: WebSocket
  /** Callbacks that await the RECEIPT with this id. */
  readonly #awaited = new Map<string, () => void>()
  #sent = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
  }

  /** @param url of the host. @returns when the host has accepted the connection. */
  static async enter(url: string): Promise<Speaker> {
    const socket = new WebSocket(url, 'v12.stomp')
    const speaker = new Speaker(socket)
    const decoder = new FrameDecoder(frameLimits)
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('open', () =>
        socket.send('CONNECT\naccept-version:1.2\nhost:bench\nlogin:Speaker\nheart-beat:0,0\n\n\0'),
      )
      socket.on('message', (data: Buffer) => {
        decoder.push(data)
        for (let frame = decoder.next(); frame; frame = decoder.next()) {
          const { command, headers } = frame
          if (command === 'CONNECTED') resolve()
          else if (command === 'RECEIPT') speaker.#received(headers.get('receipt-id') ?? '')
          else reject(new Error(`the host answers ${command}`))
        }
      })
    })
    return speaker
  }

  createRoom(name: string): Promise<void> {
    return this.#send('/app/room/create', { name, roomId: name })
  }

  /** Sends `count` messages to a room, `rate` a second. @returns when the host has all of them on disk. */
  async say(roomId: string, count: number, rate: number): Promise<void> {
    const start = performance.now()
    let last = Promise.resolve()
    for (let said = 0; said < count;) {
      const due = Math.min(count, Math.ceil(((performance.now() - start) / 1000) * rate))
      for (; said < due; said++) {
        last = this.#send('/app/chat/message', { roomId, content: sentence(said) })
      }
      await sleep(interval)
    }
    await last
  }

  async leave(): Promise<void> {
    const gone = new Promise(resolve => this.#socket.once('close', resolve))
    this.#socket.close()
    await gone
  }

  #send(destination: string, body: object): Promise<void> {
    const id = String(++this.#sent)
    return new Promise(resolve => {
      this.#awaited.set(id, resolve)
      this.#socket.send(
        `SEND\ndestination:${destination}\nreceipt:${id}\ncontent-type:application/json\n\n${JSON.stringify(body)}\0`,
      )
    })
  }

  #received(id: string): void {
    this.#awaited.get(id)?.()
    this.#awaited.delete(id)
  }
}
