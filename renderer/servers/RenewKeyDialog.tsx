import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { serverOf } from '../store/model.ts'
import { useSend, useStore } from '../store/use-store.ts'

/** Confirms replacing an unreadable device key, which gives up the name on that server. */
export const RenewKeyDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation('servers')
  const send = useSend()
  const name = useStore(state => serverOf(state, serverId)?.name ?? '')
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={t('renewTitle', { name })}
      text={t('renewText')}
      keep={t('renewKeep')}
      confirm={t('renewConfirm')}
      onConfirm={() => void send('renewSecrets', { id: serverId })}
      onClose={close}
    />
  )
}
