import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { useSend, useStore } from '../store/use-store.ts'

/** Asks before a room and everything in it is gone for everybody. */
export const DeleteRoomDialog = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('rooms')
  const send = useSend()
  const name = useStore(state => state.rooms[room]?.name ?? '')
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={t('deleteTitle', { room: name })}
      text={t('deleteText')}
      keep={t('deleteKeep')}
      confirm={t('deleteConfirm')}
      onConfirm={() => void send('deleteRoom', { room })}
      onClose={close}
    />
  )
}
