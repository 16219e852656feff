import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { useSend, useStore } from '../store/use-store.ts'

/** Confirms archiving a room, after which nobody can write in it. */
export const ArchiveRoomDialog = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('rooms')
  const send = useSend()
  const name = useStore(state => state.rooms[room]?.name ?? '')
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={t('archiveTitle', { room: name })}
      text={t('archiveText')}
      keep={t('archiveKeep')}
      confirm={t('archiveConfirm')}
      onConfirm={() => void send('archiveRoom', { room, archived: true })}
      onClose={close}
    />
  )
}
