import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
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

interface OptionProps {
  id: string
  isActive: boolean
  choose: () => void
  open: () => void
}

const Option = ({ id, isActive, choose, open, children }: OptionProps & { children: ReactNode }) => (
  <div
    id={id}
    className={styles.room}
    role="option"
    aria-selected={isActive}
    onMouseMove={isActive ? undefined : choose}
    onClick={open}
  >
    {children}
  </div>
)

interface RoomProps extends OptionProps {
  room: Room
  /** Distinguishes it from another room of the same name. */
  hint?: string | undefined
  sought: Sought
}

/** A room found by its name, with its server. */
export const RoomRow = ({ room, hint, sought, ...option }: RoomProps) => {
  const server = useStore(state => serverOf(state, room.serverId)?.name)
  return (
    <Option {...option}>
      <RoomIcon room={room} />
      <b title={room.name} dir="auto">
        <Marked pieces={piecesOf(room.name, sought, 'name')} />
      </b>
      <span className={styles.server}>{sideBySide(hint, server)}</span>
      <RoomBadge room={room} />
    </Option>
  )
}

/** Shows the remaining found rooms. */
export const MoreRow = ({ count, ...option }: OptionProps & { count: number }) => {
  const { t } = useTranslation('search')
  return (
    <Option {...option}>
      <Ellipsis aria-hidden="true" />
      <span>{t('moreRooms', { count })}</span>
    </Option>
  )
}
