import type { FrameLimits } from '../../../shared/stomp/frame.ts'

/**
 * What one peer may take of the broker. Bytes, milliseconds and counts; every one is an option, and 0 is no limit
 * (for `heartBeat`: none).
 */
export interface Limits {
  /** Connections at once from the network, and as many from this computer: others can't take its own places. */
  connections: number
  /** Connections at once from one IPv4 address, or one global IPv6 network (/64). */
  connectionsPerAddress: number
  /** The same for each address of this computer's own programs; no limit by default, so that nobody locks themselves out. */
  connectionsPerLoopback: number
  /** From the opening of the socket to CONNECTED, TLS and HTTP included, however slowly the bytes trickle in. Milliseconds. */
  connectTimeout: number
  /** Bytes of a frame, from its command to its NUL, before CONNECTED. */
  frameBytesBeforeConnect: number
  /** The same after CONNECTED. */
  frameBytes: number
  /** Header lines of a frame. */
  headers: number
  /** Bytes of one header line, name and value. */
  headerBytes: number
  /** Bytes of a header's name, as it is written. */
  headerNameLength: number
  /** Fragments of one WebSocket message. */
  fragments: number
  /** WebSocket pings and pongs of one connection in a second; beyond it the peer gets an ERROR. */
  pingRate: number
  /** Subscriptions of one connection. */
  subscriptions: number
  /** SEND frames of one connection in a second; beyond it the connection is not read for a while. */
  sendRate: number
  /** Unconfirmed messages of a subscription; its `prefetch-count` may ask for fewer. */
  prefetch: number
  /** Deliveries of a message that may fail; then it is given up. */
  deliveries: number
  /** Open transactions of one connection, frames in one, and bytes of all of them. */
  transactions: number
  transactionFrames: number
  transactionBytes: number
  /** Queues of the broker, and of those that one person (see `payer.ts`) has opened; milliseconds that one may be left alone. */
  queues: number
  queuesPerPerson: number
  queueAge: number
  /** Messages that wait in one queue. */
  queueMessages: number
  /** Bytes that wait in one queue or for their ACK, in all `/queue/…` together, and in those that one connection has of its own. */
  queueBytes: number
  queuesBytes: number
  ownQueueBytes: number
  /** Durable subscriptions to topics, of the broker and of one person; bytes that wait in all of them; how long (milliseconds) one is kept that nobody reads. */
  durables: number
  durablesPerPerson: number
  durableBytes: number
  durableAge: number
  /** Histories that clients ask for, and those that one person has opened; entries, bytes and age (milliseconds) of what one keeps; bytes of all together. */
  streams: number
  streamsPerPerson: number
  streamEntries: number
  streamBytes: number
  streamAge: number
  streamsBytes: number
  /** Frames of one connection that the application still works on, and their bytes; beyond it the connection is not read. */
  pendingFrames: number
  pendingBytes: number
  /** What a consumer may be behind before it is cut: bytes and milliseconds. */
  backlogBytes: number
  backlogAge: number
  /** Heart-beats that the broker offers and asks for. Milliseconds. */
  heartBeat: number
}

export const defaultLimits: Limits = {
  connections: 256,
  // A class behind one access point that hides their addresses.
  connectionsPerAddress: 64,
  connectionsPerLoopback: 0,
  connectTimeout: 5_000,
  frameBytesBeforeConnect: 16 * 1024,
  frameBytes: 256 * 1024,
  headers: 32,
  headerBytes: 4 * 1024,
  headerNameLength: 64,
  fragments: 1_024,
  pingRate: 50,
  subscriptions: 200,
  sendRate: 1_000,
  prefetch: 1_000,
  deliveries: 20,
  transactions: 32,
  transactionFrames: 1_000,
  transactionBytes: 1024 * 1024,
  queues: 1_000,
  queuesPerPerson: 250,
  queueAge: 7 * 24 * 60 * 60 * 1000,
  queueMessages: 10_000,
  queueBytes: 16 * 1024 * 1024,
  queuesBytes: 128 * 1024 * 1024,
  ownQueueBytes: 8 * 1024 * 1024,
  durables: 1_000,
  durablesPerPerson: 100,
  durableBytes: 64 * 1024 * 1024,
  durableAge: 7 * 24 * 60 * 60 * 1000,
  streams: 100,
  streamsPerPerson: 25,
  streamEntries: 100_000,
  streamBytes: 64 * 1024 * 1024,
  streamAge: 24 * 60 * 60 * 1000,
  streamsBytes: 128 * 1024 * 1024,
  pendingFrames: 1_000,
  pendingBytes: 4 * 1024 * 1024,
  backlogBytes: 1024 * 1024,
  backlogAge: 10_000,
  heartBeat: 10_000,
}

/** Limits as the broker goes by them: what is not limited is Infinity. */
export interface ActiveLimits extends Limits {
  /** For frames that come before CONNECTED. */
  beforeConnect: FrameLimits
}

const isLimit = (name: string): name is keyof Limits => name in defaultLimits

/** @param given where they differ from {@link defaultLimits}; 0 for none. */
export const activeLimits = (given: Partial<Limits> = {}): ActiveLimits => {
  const limits = { ...defaultLimits }
  for (const name of Object.keys(limits).filter(isLimit)) {
    const limit = given[name] ?? limits[name]
    limits[name] = limit === 0 && name !== 'heartBeat' ? Infinity : limit
  }
  const { frameBytesBeforeConnect: frameBytes, headers, headerBytes, headerNameLength } = limits
  return {
    ...limits,
    beforeConnect: { frameBytes, headers, headerBytes, headerNameLength },
  }
}
