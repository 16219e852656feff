/** The chat host's hooks for the broker. */
import { isHostsOwn } from '../../../shared/protocol/destinations.ts'
import type { BrokerHooks, Client, Refusal } from '../../broker/options/hooks.ts'
import type { AppContext } from './context.ts'
import { handleSend, handleSubscribe, isSequential } from './destinations.ts'
import type { Identity } from '../admission/identity.ts'
import type { People } from '../rooms/people.ts'
import type { PresenceEvents } from '../rooms/presence-events.ts'
import { refusal } from '../wire/refusal.ts'
import type { SendRate } from '../limits/send-rate.ts'

const refuseSend = (_client: Client, destination: string): Refusal | null =>
  isHostsOwn(destination)
    ? refusal(
        'input-invalid',
        `only the host sends to ${destination}: SEND chat messages to /app/chat/message`,
      )
    : null

interface HooksOptions {
  identity: Identity
  people: Pick<People, 'came' | 'left'>
  presence: PresenceEvents
  sendRate: SendRate
  app: AppContext
}

/** @returns the hooks that the broker calls for CONNECT, SEND and SUBSCRIBE. */
export const createHooks = ({ identity, people, presence, sendRate, app }: HooksOptions): BrokerHooks => ({
  admit: request => identity.admit(request),
  connected: client => people.came(client),
  disconnected: client => people.left(client),
  subscribed: (_client, destination) => presence.changed(destination),
  unsubscribed: (_client, destination) => presence.changed(destination),
  refuseSubscribe: (client, destination) => app.access.refuseSubscribe(destination, client.principal.id),
  refuseSend,
  isSequential,
  hasReserve: client => app.access.ownsHost(client.principal.id),
  handleSend: (client, message) =>
    sendRate.run(client, message.body.length, () => handleSend(app, client, message)),
  handleSubscribe: (client, destination) => handleSubscribe(app, client, destination),
})
