/** Traces the steps of a chat message for observers within the thread; costs nothing without one. */
import { channel } from 'node:diagnostics_channel'

/**
 * In this order: the SEND was received; it is in the transaction; the transaction is on disk; the message was handed to
 * the subscribers. The RECEIPT follows. The two steps in the middle happen on the thread that writes the log.
 */
export type Step = 'received' | 'stored' | 'committed' | 'broadcast'

const steps = channel('stompbox:chat-message')

/** Publishes the step on the diagnostics channel `stompbox:chat-message`. */
export const step = (name: Step): void => {
  if (steps.hasSubscribers) steps.publish(name)
}
