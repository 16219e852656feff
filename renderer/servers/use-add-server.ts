import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../shared/contract/api.ts'
import type { Invite } from '../../shared/contract/invite.ts'
import { useMessenger } from '../store/use-store.ts'
import { nameOfAddress } from './address.ts'

/**
 * @returns a function that adds a server, or updates the existing one, and opens it instead of the dialog. It throws what the
 * command throws.
 */
export const useAddServer = (): ((server: InputOf<'addServer'>) => Promise<void>) => {
  const { t } = useTranslation('servers')
  const { api, store } = useMessenger()
  return async fields => {
    const { openServer, closeDialog, notify, setOut } = store.getState()
    const arrive = setOut()
    const { id, own } = await api.call('addServer', fields)
    if (own) notify(t('isOwn'))
    arrive(() => {
      // The first run keeps its form until the server is there.
      if (store.getState().view.name !== 'first-run') closeDialog()
      openServer(id)
    })
  }
}

/** @returns a function that accepts an invitation and opens its server. It throws what the command throws. */
export const useJoin = (): ((invite: Invite, accepts?: string) => Promise<void>) => {
  const addServer = useAddServer()
  return (invite, accepts) =>
    addServer({ ...invite, name: invite.name ?? nameOfAddress(invite.url), ...(accepts && { accepts }) })
}
