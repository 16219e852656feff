import type { Invite } from '../../shared/contract/invite.ts'
import { useMessenger } from '../use-store.ts'
import { nameOfAddress } from './address.ts'

/** @returns what takes an invitation up: adds its server, or mends the way to one that is known, and opens it. */
export const useJoin = (): ((invite: Invite) => Promise<void>) => {
  const { api, store } = useMessenger()
  return async ({ url, fingerprint, passcode, name }) => {
    const { servers, openServer } = store.getState()
    const known = servers.find(server => server.url === url && !server.own)
    if (known) {
      await api.call('updateServer', {
        id: known.id,
        change: { fingerprint, ...(passcode !== null && { passcode }) },
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
