import type { Invite } from '../../shared/contract/invite.ts'
import { nameOfAddress } from './address.ts'
import { useAddServer } from './use-add-server.ts'

/** @returns takes an invitation up and opens its server. Throws what the command throws. */
export const useJoin = (): ((invite: Invite, accepts?: string) => Promise<void>) => {
  const addServer = useAddServer()
  return (invite, accepts) =>
    addServer({ ...invite, name: invite.name ?? nameOfAddress(invite.url), ...(accepts && { accepts }) })
}
