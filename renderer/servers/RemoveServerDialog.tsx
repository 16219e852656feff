import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useSend, useStore } from '../use-store.ts'

/** Asks before a server goes with its messages. */
export const RemoveServerDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation('servers')
  const send = useSend()
  const name = useStore(state => state.servers.find(server => server.id === serverId)?.name ?? '')
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={t('removeTitle', { name })}
      text={t('removeText')}
      keep={t('removeKeep')}
      confirm={t('removeConfirm')}
      onConfirm={() => void send('removeServer', { id: serverId })}
      onClose={close}
    />
  )
}
