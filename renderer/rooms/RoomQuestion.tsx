import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { useSend, useStore } from '../store/use-store.ts'

interface Props {
  room: RoomKey
  /** The question: an archived room is read-only; a deleted one is gone for everybody, with its messages. */
  about: 'archive' | 'delete'
}

/** Asks before a room is archived or deleted. */
export const RoomQuestion = ({ room, about }: Props) => {
  const { t } = useTranslation('rooms')
  const send = useSend()
  const name = useStore(state => state.rooms[room]?.name ?? '')
  const close = useStore(state => state.closeDialog)
  const carryOut = () =>
    about === 'archive' ? send('archiveRoom', { room, archived: true }) : send('deleteRoom', { room })
  return (
    <ConfirmDialog
      title={t(`${about}Title`, { room: name })}
      text={t(`${about}Text`)}
      keep={t(`${about}Keep`)}
      confirm={t(`${about}Confirm`)}
      onConfirm={() => void carryOut()}
      onClose={close}
    />
  )
}
