import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import { sideBySide } from '../../shared/text/isolate.ts'
import { RoomBadge } from '../rooms/RoomBadge.tsx'
import { RoomIcon } from '../rooms/RoomIcon.tsx'
import { serverOf } from '../store/model.ts'
import { useStore } from '../store/use-store.ts'
import { Marked } from './Marked.tsx'
import { piecesOf } from './marks.ts'
import type { Sought } from '../../shared/text/query.ts'
import styles from './RoomRow.module.css'

interface Props {
  id: string
  room: Room
  /** Distinguishes it from another room of the same name. */
  hint?: string | undefined
  sought: Sought
  isActive: boolean
  choose: () => void
  open: () => void
}

/** A room found by its name, with its server. */
export const RoomRow = ({ id, room, hint, sought, isActive, choose, open }: Props) => {
  const server = useStore(state => serverOf(state, room.serverId)?.name)
  return (
    <div
      id={id}
      className={styles.room}
      role="option"
      aria-selected={isActive}
      onMouseMove={isActive ? undefined : choose}
      onClick={open}
    >
      <RoomIcon room={room} />
      <b title={room.name} dir="auto">
        <Marked pieces={piecesOf(room.name, sought, 'name')} />
      </b>
      <span className={styles.server}>{sideBySide(hint, server)}</span>
      <RoomBadge room={room} />
    </div>
  )
}

interface MoreProps extends Pick<Props, 'id' | 'isActive' | 'choose' | 'open'> {
  count: number
}

/** Shows the remaining found rooms. */
export const MoreRow = ({ id, count, isActive, choose, open }: MoreProps) => {
  const { t } = useTranslation('search')
  return (
    <div
      id={id}
      className={styles.room}
      role="option"
      aria-selected={isActive}
      onMouseMove={isActive ? undefined : choose}
      onClick={open}
    >
      <Ellipsis aria-hidden="true" />
      <span>{t('moreRooms', { count })}</span>
    </div>
  )
}
