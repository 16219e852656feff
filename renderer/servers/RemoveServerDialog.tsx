import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogButtons } from '../ui/Dialog.tsx'
import { useMessenger, useSend, useStore } from '../use-store.ts'

/** Asks before a server goes with its messages. */
export const RemoveServerDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation('servers')
  const { store } = useMessenger()
  const send = useSend()
  const name = useStore(state => state.servers.find(server => server.id === serverId)?.name ?? '')
  const { closeDialog } = store.getState()
  const remove = () => {
    closeDialog()
    void send('removeServer', { id: serverId })
  }
  return (
    <Dialog title={t('removeTitle', { name })} description={t('removeText')} onClose={closeDialog}>
      <DialogButtons>
        <Button autoFocus onClick={closeDialog}>
          {t('removeKeep')}
        </Button>
        <Button variant="danger" onClick={remove}>
          {t('removeConfirm')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
