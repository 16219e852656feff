import { useTranslation } from 'react-i18next'
import type { MessageId, RoomKey } from '../../shared/contract/model.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogButtons } from '../ui/Dialog.tsx'
import { useMessenger, useSend } from '../use-store.ts'

/** Asks before a message goes for everybody. */
export const DeleteMessageDialog = ({ room, id }: { room: RoomKey; id: MessageId }) => {
  const { t } = useTranslation('messages')
  const { store } = useMessenger()
  const send = useSend()
  const { closeDialog } = store.getState()
  const remove = () => {
    closeDialog()
    void send('deleteMessage', { room, id })
  }
  return (
    <Dialog title={t('deleteTitle')} description={t('deleteText')} onClose={closeDialog}>
      <DialogButtons>
        <Button autoFocus onClick={closeDialog}>
          {t('deleteKeep')}
        </Button>
        <Button variant="danger" onClick={remove}>
          {t('deleteConfirm')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
