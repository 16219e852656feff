import type { Invite } from '../../shared/contract/invite.ts'
import { nameOfAddress } from './address.ts'
import { useAddServer } from './use-add-server.ts'

/** @returns what takes an invitation up and opens its server. It throws what the command throws. */
export const useJoin = (): ((invite: Invite) => Promise<void>) => {
  const addServer = useAddServer()
  return invite => addServer({ ...invite, name: invite.name ?? nameOfAddress(invite.url) })
}
