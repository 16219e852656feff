import { useTranslation } from 'react-i18next'
import type { MessageId, RoomKey } from '../../../shared/contract/model.ts'
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx'
import { useSend, useStore } from '../../store/use-store.ts'

interface Props {
  room: RoomKey
  id: MessageId
  /** Null for one's own message. */
  sender: string | null
}

/** Asks before a message goes for everybody. */
export const DeleteMessageDialog = ({ room, id, sender }: Props) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={sender === null ? t('deleteTitle') : t('deleteOtherTitle', { sender })}
      text={t('deleteText')}
      keep={t('deleteKeep')}
      confirm={t('deleteConfirm')}
      onConfirm={() => void send('deleteMessage', { room, id })}
      onClose={close}
    />
  )
}
