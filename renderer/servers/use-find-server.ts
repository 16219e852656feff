import { useState } from 'react'
import type { ServerProfile } from '../../shared/contract/model.ts'
import { useMessenger } from '../store/use-store.ts'
import type { ServerFields } from './server-fields.ts'

interface FindServer {
  /** @returns the values with an address where a server answers. Throws what the command throws. */
  find: (fields: ServerFields) => Promise<ServerFields>
  /** The address of the current attempt. */
  trying: string | null
  /** Whether the last attempt got no answer. */
  isUnfound: boolean
}

/** @returns a function that checks an address before it is saved. @param server the edited one, whose unchanged address is not checked. */
export const useFindServer = (server: ServerProfile | undefined): FindServer => {
  const { api } = useMessenger()
  const [trying, setTrying] = useState<string | null>(null)
  const [isUnfound, setUnfound] = useState(false)
  const find: FindServer['find'] = async fields => {
    const { url, fingerprint } = fields
    setUnfound(false)
    if (url === server?.url) return fields
    setTrying(url)
    try {
      return { ...fields, url: await api.call('findServer', { url, fingerprint }) }
    } catch (thrown) {
      setUnfound(true)
      throw thrown
    } finally {
      setTrying(null)
    }
  }
  return { find, trying, isUnfound }
}
