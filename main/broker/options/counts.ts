/**
 * What has gone through the broker since it opened. Bytes received are those of STOMP; bytes sent are with the frames of WebSocket
 * around them, and a heart-beat that is sent counts as a frame.
 */
export interface Traffic {
  framesReceived: number
  /** SEND frames among those received. */
  sendsReceived: number
  /** Those of them that the application answers: to `/app/…`. */
  requestsReceived: number
  bytesReceived: number
  framesSent: number
  /** MESSAGE frames among those sent, each for one subscription. */
  messagesSent: number
  bytesSent: number
  /** Connections beyond the quotas. */
  connectionsRefused: number
}

/** The traffic, and what is open right now. */
export interface BrokerCounts extends Traffic {
  connections: number
  subscriptions: number
  /** Bytes that wait for their peers to take them, and those of the peer that is furthest behind. */
  backlogBytes: number
  longestBacklogBytes: number
}

/** @returns counters that stand at zero. */
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
