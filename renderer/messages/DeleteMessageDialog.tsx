import { useTranslation } from 'react-i18next'
import type { MessageId, RoomKey } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useSend, useStore } from '../use-store.ts'

/** Asks before a message goes for everybody. */
export const DeleteMessageDialog = ({ room, id }: { room: RoomKey; id: MessageId }) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={t('deleteTitle')}
      text={t('deleteText')}
      keep={t('deleteKeep')}
      confirm={t('deleteConfirm')}
      onConfirm={() => void send('deleteMessage', { room, id })}
      onClose={close}
    />
  )
}
