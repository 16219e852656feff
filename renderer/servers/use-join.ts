import type { Invite } from '../../shared/contract/invite.ts'
import { useMessenger } from '../use-store.ts'
import { nameOfAddress } from './address.ts'

/** @returns what takes an invitation up: adds its server, or mends the way to one that is known, and opens it. */
export const useJoin = (): ((invite: Invite) => Promise<void>) => {
  const { api, store } = useMessenger()
  return async ({ url, fingerprint, passcode, name }) => {
    const { servers, openServer } = store.getState()
    // A host that came by TLS only later is still the same.
    const known = servers.find(
      server => !server.own && (server.url === url || server.url.replace(/^ws:/, 'wss:') === url),
    )
    if (known) {
      await api.call('updateServer', {
        id: known.id,
        change: { url, fingerprint, ...(passcode !== null && { passcode }) },
      })
      openServer(known.id)
    } else {
      const server = await api.call('addServer', {
        name: name ?? nameOfAddress(url),
        url,
        fingerprint,
        passcode,
      })
      openServer(server.id)
    }
  }
}
