import { Archive, CircleSlash } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Closed } from '../rooms/closed.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import { useRoomRole } from '../rooms/use-room-role.ts'
import { Button } from '../ui/forms/Button.tsx'
import { useSend } from '../store/use-store.ts'
import { mayJoin } from '../store/view.ts'
import styles from './ClosedNote.module.css'

interface Props {
  room: RoomFacts
  closed: Closed
  /** Whether there is text that was not sent. */
  hasDraft: boolean
}

/** Says why nobody can write in the room and that the draft is kept, and offers the way back if there is one. */
export const ClosedNote = ({ room, closed, hasDraft }: Props) => {
  const { t } = useTranslation(['composer', 'rooms'])
  const send = useSend()
  const role = useRoomRole(room.key)
  return (
    <div className={styles.note}>
      {closed === 'archived' ? <Archive aria-hidden="true" /> : <CircleSlash aria-hidden="true" />}
      <p>
        {t(`closed.${closed}`)} {hasDraft && t(closed === 'serverRemoved' ? 'draftHere' : 'draftKept')}
      </p>
      {closed === 'archived' && role === 'owner' && (
        <Button onClick={() => void send('archiveRoom', { room: room.key, archived: false })}>
          {t('rooms:restore')}
        </Button>
      )}
      {mayJoin(room) && closed !== 'serverRemoved' && (
        <Button onClick={() => void send('joinRoom', { room: room.key })}>{t('rooms:join')}</Button>
      )}
    </div>
  )
}
