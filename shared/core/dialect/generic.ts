/**
 * Any STOMP server without a dialect of its own: its rooms are destinations, made from the templates of its profile.
 */
import { fillText } from '../../contract/template.ts'
import type { Subscription, KnownDialect } from './dialect.ts'
import { decodeMessage, offsetOf, personIdOf, plainConnectHeaders } from './codec.ts'

/**
 * Queues of RabbitMQ and ActiveMQ. A queue loses a message that it delivers without an acknowledgement, whether it was
 * stored here or not.
 */
const queue = /^\/(amq\/)?queue\//
/** The most unacknowledged messages of a queue (RabbitMQ); they wait in memory until they are stored. */
const prefetch = '500'
/** Shorter ids may be row numbers of a database, unique for the room or not at all. */
const shortestId = 16

const subscriptionTo = (destination: string): Subscription => ({
  destination,
  headers: queue.test(destination) ? { ack: 'client-individual', 'prefetch-count': prefetch } : {},
})

export const generic: KnownDialect = {
  kind: 'stomp',
  isSpokenBy: () => true,
  speak({ profile: { rooms } }, connected) {
    const personId = personIdOf(connected)
    return {
      kind: 'stomp',
      features: [],
      personId,
      takesDeviceKey: false,
      connectHeaders: plainConnectHeaders,
      namesRefusals: false,
      roomSubscription: roomId => subscriptionTo(fillText(rooms.subscribe[0] ?? '', { roomId })),
      historyPoint: ({ headers }) => ({ offset: offsetOf(headers), id: null }),
      decode: (frame, context) => decodeMessage(frame, context, { shortestId, personId }),
      encode: (roomId, { id, type, sender, content, sentAt: at }) => ({
        destination: fillText(rooms.send, { roomId }),
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
