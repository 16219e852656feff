import type { FrameLimits } from '../../../shared/stomp/frame.ts'

/**
 * Limits of the broker for its peers. Bytes, milliseconds and counts; 0 means no limit (for `heartBeat`: no
 * heart-beats).
 */
export interface Limits {
  /**
   * Concurrent connections from the network. This computer has a separate quota of the same size, so that the network
   * can't lock it out.
   */
  connections: number
  /** Concurrent connections from one IPv4 address or one global IPv6 network (/64). */
  connectionsPerAddress: number
  /** The same for each loopback address. No limit by default: people must not lock themselves out. */
  connectionsPerLoopback: number
  /** Time from opening the socket to CONNECTED, including TLS and HTTP. Milliseconds. */
  connectTimeout: number
  /** Bytes of a frame, from its command to its NUL, before CONNECTED. */
  frameBytesBeforeConnect: number
  /** The same after CONNECTED. */
  frameBytes: number
  /** Header lines of a frame. */
  headers: number
  /** Bytes of one header line, name and value. */
  headerBytes: number
  /** Bytes of a header's name, as written. */
  headerNameLength: number
  /** Fragments of one WebSocket message. */
  fragments: number
  /** WebSocket pings and pongs of one connection per second; more of them end it with an ERROR. */
  pingRate: number
  /** Subscriptions of one connection. */
  subscriptions: number
  /** SEND frames of one connection per second. Beyond it the broker stops reading the connection for a while. */
  sendRate: number
  /** Unacknowledged messages of a subscription; its `prefetch-count` may ask for fewer. */
  prefetch: number
  /** Failed deliveries after which a message becomes a dead letter. */
  deliveries: number
  /** Open transactions of one connection, frames in each, and bytes of all of them. */
  transactions: number
  transactionFrames: number
  transactionBytes: number
  /** Queues of the broker, queues opened by one payer (see `payer.ts`), and how long an unused queue stays (milliseconds). */
  queues: number
  queuesPerPerson: number
  queueAge: number
  /** Messages in one queue. */
  queueMessages: number
  /**
   * Bytes queued or awaiting an ACK: in one queue, in all `/queue/…` together, of these from one payer, and in the private queues of one
   * connection.
   */
  queueBytes: number
  queuesBytes: number
  queuesBytesPerPerson: number
  ownQueueBytes: number
  /**
   * Durable subscriptions of the broker and of one payer, bytes queued in all of them and in those of one payer, and how long an unread one
   * stays (milliseconds).
   */
  durables: number
  durablesPerPerson: number
  durableBytes: number
  durableBytesPerPerson: number
  durableAge: number
  /** Streams of the broker and of one payer; entries, bytes and age (milliseconds) that one stream keeps; bytes of all streams together. */
  streams: number
  streamsPerPerson: number
  streamEntries: number
  streamBytes: number
  streamAge: number
  streamsBytes: number
  /** Frames of one connection that the application has not finished, and their bytes. Beyond it the broker stops reading the connection. */
  pendingFrames: number
  pendingBytes: number
  /** A peer's largest backlog and its greatest age (milliseconds); a slower peer is disconnected. */
  backlogBytes: number
  backlogAge: number
  /** Interval of the heart-beats that the broker offers and asks for. Milliseconds. */
  heartBeat: number
}

export const defaultLimits: Limits = {
  connections: 256,
  // Enough for a school class behind one access point with NAT.
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
  queuesBytesPerPerson: 32 * 1024 * 1024,
  ownQueueBytes: 8 * 1024 * 1024,
  durables: 1_000,
  durablesPerPerson: 100,
  durableBytes: 64 * 1024 * 1024,
  durableBytesPerPerson: 16 * 1024 * 1024,
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

/** Limits in force: no limit is Infinity. */
export interface ActiveLimits extends Limits {
  /** For frames before CONNECTED. */
  beforeConnect: FrameLimits
}

const isLimit = (name: string): name is keyof Limits => name in defaultLimits

/** @param given limits that differ from {@link defaultLimits}; 0 means none. */
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
