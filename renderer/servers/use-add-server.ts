import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../shared/contract/api.ts'
import { useMessenger } from '../store/use-store.ts'

/**
 * @returns adds a server, or takes up the one that is there already, and opens it in place of the dialog that asked for it. Throws what the
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
      closeDialog()
      openServer(id)
    })
  }
}
