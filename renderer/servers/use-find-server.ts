import { useState } from 'react'
import type { ServerProfile } from '../../shared/contract/model.ts'
import { useMessenger } from '../store/use-store.ts'
import type { ServerFields } from './server-fields.ts'

interface FindServer {
  /** @returns the fields with an address at which a server answers. Throws what the command throws. */
  find: (fields: ServerFields) => Promise<ServerFields>
  /** The address that is being tried. */
  trying: string | null
  /** Whether nothing answered at the last one. */
  isUnfound: boolean
}

/** @returns what makes sure of an address before a server is kept under it. @param server the one that is edited: its own address is not tried. */
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
