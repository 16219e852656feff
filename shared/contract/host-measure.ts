/** Figures of the embedded host; sent once a second while a window watches. */

/** A public room of the host. */
export interface MeasuredRoom {
  roomId: string
  name: string
  /** How many people read along right now. */
  people: number
  /** Messages of the last minute. */
  messages: number
  /** When the last message was sent: milliseconds since the epoch; null before the first one. */
  lastAt: number | null
}

/** A queue or stream that clients have opened on the host's broker. */
export interface MeasuredQueue {
  destination: string
  kind: 'queue' | 'stream'
  /** Messages that wait, or that the history keeps. */
  messages: number
  bytes: number
  /** Whether a client subscribes to it. */
  isRead: boolean
}

/** The host at one moment. Counts begin when it opens. */
export interface HostMeasure {
  /** Milliseconds by a clock that is never set back: good for the time from one measure to the next alone. */
  at: number
  /** Messages that came in: those that rooms have stored, and those to other destinations. */
  messages: number
  /** MESSAGE frames that went out, each for one subscription. */
  deliveries: number
  /** Bytes that wait for their readers, and those of the reader that is furthest behind. */
  backlogBytes: number
  longestBacklogBytes: number
  /** Memory of the host's thread: what JavaScript holds, and the buffers that hang on it. Bytes. */
  memoryBytes: number
  /** The address from which connections were refused, because too many were open from there; null for none so far. */
  crowdedAddress: string | null
  /** Public rooms, oldest first; where there are very many, those in which something was said last. */
  rooms: MeasuredRoom[]
  /** How many public rooms were left out. */
  moreRooms: number
  /** Private and direct rooms: how many, and how many messages of the last minute they have together. */
  closedRooms: { count: number; messages: number }
  /** Queues and streams, those with most bytes first. */
  queues: MeasuredQueue[]
  /** How many queues and streams were left out. */
  moreQueues: number
}
