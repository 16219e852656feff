import type { Invite } from '../../shared/contract/invite.ts'
import { nameOfAddress } from './address.ts'
import { useAddServer } from './use-add-server.ts'

/** @returns a function that accepts an invitation and opens its server. It throws what the command throws. */
export const useJoin = (): ((invite: Invite, accepts?: string) => Promise<void>) => {
  const addServer = useAddServer()
  return (invite, accepts) =>
    addServer({ ...invite, name: invite.name ?? nameOfAddress(invite.url), ...(accepts && { accepts }) })
}
