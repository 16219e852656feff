/**
 * The broker's totals since it opened. Received bytes are bytes of STOMP; sent bytes include WebSocket framing, and
 * each heart-beat sent counts as a frame.
 */
export interface Traffic {
  framesReceived: number
  /** SEND frames among those received. */
  sendsReceived: number
  /** SEND frames to `/app/…`, which the application answers. */
  requestsReceived: number
  bytesReceived: number
  framesSent: number
  /** MESSAGE frames among those sent: one per subscription. */
  messagesSent: number
  bytesSent: number
  /** Connections refused because a quota was full. */
  connectionsRefused: number
}

/** The totals so far, and what is open now. */
export interface BrokerCounts extends Traffic {
  connections: number
  subscriptions: number
  /** Bytes that peers have not read yet: of all peers together, and of the slowest one. */
  backlogBytes: number
  longestBacklogBytes: number
}

/** @returns counters at zero. */
export const startCounting = (): Traffic => ({
  framesReceived: 0,
  sendsReceived: 0,
  requestsReceived: 0,
  bytesReceived: 0,
  framesSent: 0,
  messagesSent: 0,
  bytesSent: 0,
  connectionsRefused: 0,
})
