import { Archive } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useRoomRole } from '../rooms/use-room-role.ts'
import { Button } from '../ui/Button.tsx'
import { useSend } from '../use-store.ts'
import styles from './ArchivedNote.module.css'

/** Stands in the place of the composer of a room that can only be read; its owner can bring it back. */
export const ArchivedNote = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('rooms')
  const send = useSend()
  const role = useRoomRole(room)
  return (
    <footer className={styles.note}>
      <Archive aria-hidden="true" />
      <p>{t('archivedText')}</p>
      {role === 'owner' && (
        <Button onClick={() => void send('archiveRoom', { room, archived: false })}>{t('restore')}</Button>
      )}
    </footer>
  )
}
