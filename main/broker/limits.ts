/** What one peer may take of the broker. Bytes, milliseconds and counts; every one is an option. */
export interface Limits {
  /** Connections at once. */
  connections: number
  /** Connections at once from one IP address. */
  connectionsPerAddress: number
  /** From the transport's opening to CONNECTED, however slowly the bytes trickle in. Milliseconds. */
  connectTimeout: number
  /** Bytes of a frame before and after CONNECTED. */
  frameBytesBeforeConnect: number
  frameBytes: number
  headers: number
  headerBytes: number
  headerNameLength: number
  /** Subscriptions of one connection. */
  subscriptions: number
  /** SEND frames of one connection in a second; beyond it the connection is not read for a while. 0 for no limit. */
  sendRate: number
  /** Unconfirmed messages of a subscription that names no `prefetch-count`. */
  prefetch: number
  /** Open transactions of one connection, frames in one, and bytes of bodies in all of them. */
  transactions: number
  transactionFrames: number
  transactionBytes: number
  /** Queues of the broker, and messages and bytes that wait in one. */
  queues: number
  queueMessages: number
  queueBytes: number
  /** Histories that clients ask for, and entries, bytes and age (milliseconds) of what one keeps. */
  streams: number
  streamEntries: number
  streamBytes: number
  streamAge: number
  /** Frames of one connection that the application still works on; beyond it the connection is not read. */
  pendingFrames: number
  /** What a consumer may be behind before it is cut: bytes and milliseconds. */
  backlogBytes: number
  backlogAge: number
  /** Heart-beats that the broker offers and asks for. Milliseconds. */
  heartBeat: number
}

export const defaultLimits: Limits = {
  connections: 256,
  connectionsPerAddress: 16,
  connectTimeout: 5_000,
  frameBytesBeforeConnect: 16 * 1024,
  frameBytes: 256 * 1024,
  headers: 32,
  headerBytes: 4 * 1024,
  headerNameLength: 64,
  subscriptions: 200,
  sendRate: 1_000,
  prefetch: 1_000,
  transactions: 32,
  transactionFrames: 1_000,
  transactionBytes: 1024 * 1024,
  queues: 1_000,
  queueMessages: 10_000,
  queueBytes: 16 * 1024 * 1024,
  streams: 100,
  streamEntries: 100_000,
  streamBytes: 16 * 1024 * 1024,
  streamAge: 24 * 60 * 60 * 1000,
  pendingFrames: 1_000,
  backlogBytes: 1024 * 1024,
  backlogAge: 10_000,
  heartBeat: 10_000,
}
