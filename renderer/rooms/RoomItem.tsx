import { Pencil } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import { ListItem } from '../ui/layout/ListItem.tsx'
import { ContextMenu } from '../ui/overlays/Menu.tsx'
import { useMessenger, useStore } from '../store/use-store.ts'
import { RoomBadge } from './RoomBadge.tsx'
import { RoomIcon } from './RoomIcon.tsx'
import styles from './RoomItem.module.css'
import { useRoomEntries } from './use-room-entries.tsx'

interface Props {
  room: Room
  /** Whether the tab key reaches it although it is not the current item, because no item is current. */
  stop: boolean
  /** Distinguishes it from another room of the same name. */
  hint?: string | undefined
}

/** A room in the list: name, unread count, and a pencil for a draft. The current one is scrolled into view. */
export const RoomItem = memo(({ room, stop, hint }: Props) => {
  const { t } = useTranslation('rooms')
  const { store } = useMessenger()
  const isInvited = room.invitedBy !== null
  const current = useStore(({ view }) => view.name === 'room' && view.room === room.key)
  const item = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ContextMenu entries={useRoomEntries(room, room.unread > 0)}>
      <ListItem
        ref={item}
        icon={<RoomIcon room={room} />}
        name={room.name}
        current={current}
        stop={stop || current}
        unread={room.unread > 0 || isInvited}
        onClick={() => store.getState().openRoom(room.key)}
      >
        {hint && (
          <span className={styles.hint} title={hint}>
            {hint}
          </span>
        )}
        {room.draft !== '' && !current && (
          <Pencil className={styles.draft} role="img" aria-label={t('draft')} />
        )}
        {isInvited && <span className={styles.invited}>{t('invited')}</span>}
        <RoomBadge room={room} />
      </ListItem>
    </ContextMenu>
  )
})
RoomItem.displayName = 'RoomItem'
