/** Every STOMP server that no other dialect claims: its rooms are destinations, by the templates of its profile. */
import type { Subscription, KnownDialect } from './dialect.ts'
import { decodeMessage, offsetOf, personIdOf, plainConnectHeaders } from './codec.ts'

/** RabbitMQ's and ActiveMQ's queues. What a queue has given away without an acknowledgement is gone, stored here or not. */
const queue = /^\/(amq\/)?queue\//
/** Messages that a queue may give before the first of them is acknowledged (RabbitMQ); they wait in memory until they are stored. */
const prefetch = '500'
/** Shorter ids are numbers of a database row, which may be of the room or of nothing at all. */
const shortestId = 16

const subscriptionTo = (destination: string): Subscription => ({
  destination,
  headers: queue.test(destination) ? { ack: 'client-individual', 'prefetch-count': prefetch } : {},
})

export const generic: KnownDialect = {
  kind: 'stomp',
  isSpokenBy: () => true,
  speak({ subscribeTemplate, publishTemplate }, connected) {
    const personId = personIdOf(connected)
    return {
      kind: 'stomp',
      features: [],
      personId,
      takesDeviceKey: false,
      connectHeaders: plainConnectHeaders,
      namesRefusals: false,
      roomSubscription: roomId => subscriptionTo(subscribeTemplate.replaceAll('{roomId}', () => roomId)),
      historyPoint: ({ headers }) => ({ offset: offsetOf(headers), id: null }),
      decode: (frame, context) => decodeMessage(frame, context, { shortestId, personId }),
      encode: (roomId, { id, type, sender, content, sentAt: at }) => ({
        destination: publishTemplate.replaceAll('{roomId}', () => roomId),
        body: JSON.stringify({ id, type, roomId, sender, content, sentAt: new Date(at).toISOString() }),
      }),
      keepsIds: false,
      directory: null,
      members: null,
      typing: null,
      deletion: null,
      freeName: null,
      deleteQueue: null,
    }
  },
}
