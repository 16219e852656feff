/** A TCP proxy between one client and one server that does to the connection what networks and servers do. */
import { once } from 'node:events'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { WebSocketStream, type Piece } from './websocket-stream.ts'

/** `up`: from the client to the server. */
export type Way = 'up' | 'down'

/** What happens to the STOMP frames that carry messages of rooms: every third one comes twice, after its successor, or never. */
export type Shuffle = 'duplicate' | 'reorder' | 'drop'

/** Milliseconds after which a frame that was held back goes on although no other has followed. */
const longestHold = 100

/** SEND on its way up; MESSAGE of a room on its way down. A frame of another kind has to come once and in order. */
const isShuffled = ({ text }: Piece): boolean =>
  text !== null && (text.startsWith('SEND\n') || /^MESSAGE\n(.*\n)*destination:\/topic\/room\./.test(text))

/** One direction of one connection. */
class Direction {
  readonly #from: Socket
  readonly #to: Socket
  readonly #proxy: TcpProxy
  readonly #way: Way
  readonly #stream = new WebSocketStream()
  #held: Buffer | null = null
  #count = 0
  /** Swallows everything, the end of the connection too: a cable was pulled. */
  isStalled = false

  constructor(from: Socket, to: Socket, way: Way, proxy: TcpProxy) {
    this.#from = from
    this.#to = to
    this.#way = way
    this.#proxy = proxy
    from.on('data', chunk => this.#take(chunk))
    to.on('drain', () => from.resume())
    from.on('close', () => this.#later(() => this.#to.destroy()))
    from.on('error', () => undefined)
  }

  #take(chunk: Buffer): void {
    for (const piece of this.#stream.push(chunk)) this.#shuffle(piece)
  }

  #shuffle(piece: Piece): void {
    const { shuffle } = this.#proxy
    const isMeant = shuffle !== null && isShuffled(piece)
    const isThird = isMeant && ++this.#count % 3 === 0
    if (isThird && shuffle === 'drop' && this.#way === 'down') return
    if (isThird && shuffle === 'reorder' && this.#way === 'down') {
      this.#held = piece.bytes
      setTimeout(() => this.#release(), longestHold)
      return
    }
    this.#pass(piece.bytes)
    if (isThird && shuffle === 'duplicate') this.#pass(piece.bytes)
    if (isMeant) this.#release()
  }

  #release(): void {
    if (this.#held) this.#pass(this.#held)
    this.#held = null
  }

  #pass(bytes: Buffer): void {
    this.#later(() => {
      if (!this.#to.destroyed && !this.#to.write(bytes)) this.#from.pause()
    })
  }

  /** The delay is the same for all, so that order holds. */
  #later(work: () => void): void {
    if (this.isStalled) return
    const { delay } = this.#proxy
    if (delay === 0) work()
    else setTimeout(() => !this.isStalled && work(), delay)
  }
}

interface Connection {
  sockets: readonly Socket[]
  up: Direction
  down: Direction
}

export class TcpProxy implements AsyncDisposable {
  /** Milliseconds that everything takes longer, in each direction. */
  delay = 0
  shuffle: Shuffle | null = null
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  #target = 0
  #isCut = false

  private constructor(server: Server) {
    this.#server = server
    server.on('connection', socket => this.#connect(socket))
  }

  /** @returns a proxy on a free port of loopback, without a target yet. */
  static async open(): Promise<TcpProxy> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TcpProxy(server)
  }

  get port(): number {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('the proxy is closed')
    return address.port
  }

  /** Where later connections lead: a server that was started again has another port. */
  aim(port: number): void {
    this.#target = port
  }

  /** Ends all connections, and every new one at once, until {@link TcpProxy.mend}. */
  cut(): void {
    this.#isCut = true
    for (const { sockets } of this.#connections) for (const socket of sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  /** The connections of now stay open, and nothing passes in these directions any more. New ones work. */
  stall(...ways: Way[]): void {
    for (const connection of this.#connections) for (const way of ways) connection[way].isStalled = true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #connect(client: Socket): void {
    client.on('error', () => undefined)
    if (this.#isCut) {
      client.destroy()
      return
    }
    const server = connect(this.#target, '127.0.0.1')
    const connection: Connection = {
      sockets: [client, server],
      up: new Direction(client, server, 'up', this),
      down: new Direction(server, client, 'down', this),
    }
    this.#connections.add(connection)
    for (const socket of connection.sockets)
      socket.setNoDelay(true).once('close', () => {
        if (connection.sockets.every(({ destroyed }) => destroyed)) this.#connections.delete(connection)
      })
  }
}
