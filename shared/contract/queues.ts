/** Queues of brokers, by their destinations. */

/**
 * Queues of RabbitMQ and ActiveMQ. A queue loses a message that it delivers without an acknowledgement, whether it was
 * stored here or not.
 */
const queue = /^\/(amq\/)?queue\//

/** @returns whether a destination is a queue, whose messages have to be acknowledged. */
export const isQueue = (destination: string): boolean => queue.test(destination)

/**
 * @returns the templates that are one queue for everybody: each message goes to one of the subscribers only, and others
 *   miss it. On Spring's simple broker such a destination is harmless.
 */
export const sharedQueues = (templates: readonly string[]): string[] =>
  templates.filter(template => isQueue(template) && !/\{user(Id)?\}/.test(template))
