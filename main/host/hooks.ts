/** What the chat host answers the broker. */
import type { BrokerHooks, Client, Refusal } from '../broker/hooks.ts'
import type { AppContext } from './app/context.ts'
import { handleSend, handleSubscribe } from './app/destinations.ts'
import type { Identity } from './identity.ts'
import type { People } from './people.ts'
import { refusal } from './refusal.ts'

/** Destinations on which only the host itself speaks. */
const hostsOwn = /^\/topic\/(rooms$|room\.|presence\.)/

const refuseSend = (_client: Client, destination: string): Refusal | null =>
  hostsOwn.test(destination)
    ? refusal(
        'input-invalid',
        `only the host sends to ${destination}: SEND chat messages to /app/chat/message`,
      )
    : null

/** @returns what the broker asks for CONNECT, SEND and SUBSCRIBE. */
export const createHooks = (identity: Identity, people: People, app: AppContext): BrokerHooks => ({
  admit: request => identity.admit(request),
  connected: client => people.came(client),
  disconnected: client => people.left(client),
  refuseSend,
  handleSend: (client, message) => handleSend(app, client, message),
  handleSubscribe: (client, destination) => handleSubscribe(app, client, destination),
})
