/**
 * What has gone through the broker since it opened. Bytes received are those of STOMP; bytes sent are with the frames of WebSocket
 * around them, and a heart-beat that is sent counts as a frame.
 */
export interface Traffic {
  framesReceived: number
  /** SEND frames among those received. */
  sendsReceived: number
  bytesReceived: number
  framesSent: number
  bytesSent: number
}

/** The traffic, and what is open right now. */
export interface BrokerCounts extends Traffic {
  connections: number
  subscriptions: number
}

/** @returns counters that stand at zero. */
export const startCounting = (): Traffic => ({
  framesReceived: 0,
  sendsReceived: 0,
  bytesReceived: 0,
  framesSent: 0,
  bytesSent: 0,
})
