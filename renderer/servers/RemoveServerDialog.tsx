import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { serverOf } from '../store/model.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'

/** Confirms removing a server and its messages. */
export const RemoveServerDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation('servers')
  const send = useSend()
  const name = useStore(state => serverOf(state, serverId)?.name ?? '')
  const { closeDialog, setOut, leaveServer } = useMessenger().store.getState()
  const remove = async () => {
    const arrive = setOut()
    if ((await send('removeServer', { id: serverId })) !== undefined) arrive(() => leaveServer(serverId))
  }
  return (
    <ConfirmDialog
      title={t('removeTitle', { name })}
      text={t('removeText')}
      keep={t('removeKeep')}
      confirm={t('removeConfirm')}
      onConfirm={() => void remove()}
      onClose={closeDialog}
    />
  )
}
