/**
 * Multicast DNS (RFC 6762) in every network of this computer, with one socket for each. Bounds every packet before
 * parsing it.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { decode, encode, type DecodedPacket, type Packet } from 'dns-packet'
import { Budget } from '../limits/budget.ts'
import { isIn, lanNetworks, type Network } from './interfaces.ts'
import { serviceType } from './service-records.ts'

const group = '224.0.0.251'
const usualPort = 5353
/** The IP TTL of every packet (RFC 6762, section 11). */
const hops = 255

/** Bytes: one Ethernet packet. The records of one service take about 300. */
const longestPacket = 1_500
/** The most questions and records of one packet. */
const mostRecords = 32
/** The parsing budget: a burst, and milliseconds until one more packet is allowed (100 a second). */
const [parsedAtOnce, parseInterval] = [100, 10]

/** Milliseconds between two checks of the network interfaces: the operating system does not announce changes. */
const lookInterval = 5_000

export interface MdnsOptions {
  /** UDP port; by default that of mDNS. */
  port?: number
  /** @returns the networks to join; called periodically. */
  networks?: () => Network[]
}

interface MdnsEvents {
  /** Called for each packet about the service, with the network that it came from. */
  heard: (packet: DecodedPacket, network: Network) => void
  /** Called when packets can be sent into this network. */
  joined: (network: Network) => void
  /** Called when a network can't be joined: another program holds the port exclusively, or multicast is forbidden. */
  failed: (error: unknown) => void
}

/** The socket that sends into one network. */
interface Sender {
  network: Network
  socket: Socket
  ready: boolean
}

/** @returns the packet; null if it is too large, about another service, or invalid. */
const parse = (bytes: Buffer): DecodedPacket | null => {
  if (bytes.length < 12 || bytes.length > longestPacket || !bytes.includes(serviceType)) return null
  const records = [4, 6, 8, 10].reduce((sum, offset) => sum + bytes.readUInt16BE(offset), 0)
  if (records > mostRecords) return null
  try {
    return decode(bytes)
  } catch {
    return null
  }
}

export class MdnsSocket {
  readonly #events: MdnsEvents
  readonly #port: number
  readonly #read: () => Network[]
  /** Receives from all networks: on some systems only a socket bound to no address receives multicast. */
  readonly #receiver: Socket
  /** One sending socket for each network, bound to this computer's address there; by the interface's name. */
  readonly #senders = new Map<string, Sender>()
  readonly #budget = new Budget(parsedAtOnce, parseInterval)
  readonly #timer: NodeJS.Timeout
  #told = ''
  #listens = false
  #closed = false

  constructor(events: MdnsEvents, { port = usualPort, networks = lanNetworks }: MdnsOptions = {}) {
    this.#events = events
    this.#port = port
    this.#read = networks
    this.#receiver = this.#open(() => {
      this.#listens = true
      this.#look()
    })
    this.#receiver.bind(port)
    this.#timer = setInterval(() => this.#look(), lookInterval)
    this.#timer.unref()
  }

  /** @returns the networks that are joined. */
  networks(): Network[] {
    return [...this.#senders.values()].filter(({ ready }) => ready).map(({ network }) => network)
  }

  /**
   * Sends into one network. A network that rejects the packet, for example until the person has given permission
   * (macOS), counts as not joined until the next look.
   * @returns a promise that resolves when the packet is sent, or could not be sent.
   */
  send({ name }: Network, packet: Packet): Promise<void> {
    const sender = this.#senders.get(name)
    if (!sender?.ready) return Promise.resolve()
    return new Promise(resolve => {
      sender.socket.send(encode(packet), this.#port, group, error => {
        if (error) this.#giveUp(sender, error)
        resolve()
      })
    })
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#timer)
    this.#receiver.close()
    for (const { socket } of this.#senders.values()) socket.close()
    this.#senders.clear()
  }

  #open(listening: () => void): Socket {
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    socket.on('message', (bytes, from) => this.#hear(bytes, from))
    socket.on('error', error => this.#tell(error))
    socket.on('listening', () => {
      if (!this.#closed) listening()
    })
    return socket
  }

  /** Joins new networks, and leaves those that are gone. */
  #look(): void {
    if (!this.#listens || this.#closed) return
    const now = this.#read()
    for (const [name, { network, socket }] of this.#senders) {
      if (now.some(each => each.name === name && each.address === network.address)) continue
      this.#senders.delete(name)
      socket.close()
    }
    for (const network of now) if (!this.#senders.has(network.name)) this.#join(network)
  }

  #join(network: Network): void {
    const { name, address } = network
    const socket = this.#open(() => {
      try {
        this.#receiver.addMembership(group, address)
      } catch (thrown) {
        // It is still a member from before the network was gone for a while.
        if (!(thrown instanceof Error) || !thrown.message.includes('EADDRINUSE')) this.#tell(thrown)
      }
      try {
        socket.setMulticastInterface(address)
        socket.setMulticastTTL(hops)
      } catch (thrown) {
        this.#giveUp(sender, thrown)
        return
      }
      sender.ready = true
      this.#events.joined(network)
    })
    const sender: Sender = { network, socket, ready: false }
    this.#senders.set(name, sender)
    socket.on('error', error => this.#giveUp(sender, error))
    socket.bind(this.#port, address)
  }

  #giveUp(sender: Sender, error: unknown): void {
    if (this.#senders.get(sender.network.name) !== sender) return
    this.#senders.delete(sender.network.name)
    sender.socket.close()
    this.#tell(error)
  }

  /** Reports an error once: the same attempt is repeated at every look. */
  #tell(error: unknown): void {
    const text = String(error)
    if (text === this.#told) return
    this.#told = text
    this.#events.failed(error)
  }

  #hear(bytes: Buffer, { address }: RemoteInfo): void {
    // Packets from outside the local link are ignored (RFC 6762, section 11).
    const network = this.networks().find(each => isIn(each, address))
    const now = performance.now()
    if (!network || this.#budget.wait(now) > 0) return
    const packet = parse(bytes)
    if (!packet) return
    this.#budget.spend(now)
    this.#events.heard(packet, network)
  }
}
