/** Where a chat message is on its way, for whoever watches from inside the thread; costs nothing where nobody does. */
import { channel } from 'node:diagnostics_channel'

/**
 * In this order: the SEND has come; it is in the transaction; the transaction is on disk; the message is with the subscribers. Then the
 * RECEIPT goes out. The two in the middle happen on the thread that writes the log.
 */
export type Step = 'received' | 'stored' | 'committed' | 'broadcast'

const steps = channel('stompbox:chat-message')

/** Publishes the step on the diagnostics channel `stompbox:chat-message`. */
export const step = (name: Step): void => {
  if (steps.hasSubscribers) steps.publish(name)
}
