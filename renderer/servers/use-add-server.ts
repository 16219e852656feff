import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../shared/contract/api.ts'
import type { HostState, ServerId } from '../../shared/contract/model.ts'
import { useMessenger } from '../use-store.ts'

type NewServer = InputOf<'addServer'>

/** @returns the server of one's own box where that is what the invitation leads to: nobody needs a second way into it. */
const ownServer = (host: HostState, { url, fingerprint }: NewServer): ServerId | null => {
  if (host.phase !== 'on') return null
  const isOwn = fingerprint === null ? host.urls.includes(url) : fingerprint === host.fingerprint
  return isOwn ? host.serverId : null
}

/**
 * @returns adds a server, or takes up the one that is there already, and opens it in place of the dialog that asked for it. Throws what the
 * command throws.
 */
export const useAddServer = (): ((server: NewServer) => Promise<void>) => {
  const { t } = useTranslation('servers')
  const { api, store } = useMessenger()
  return async fields => {
    const { host, openServer, closeDialog, notify, setOut } = store.getState()
    const arrive = setOut()
    const own = ownServer(host, fields)
    if (own) notify(t('isOwn'))
    const id = own ?? (await api.call('addServer', fields)).id
    arrive(() => {
      closeDialog()
      openServer(id)
    })
  }
}
