import { RadioGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { RoomIcon } from '../rooms/RoomIcon.tsx'
import { useStore } from '../store/use-store.ts'
import styles from './Scope.module.css'

interface Props {
  /** The room to search; null for all rooms. */
  room: RoomKey | null
  /** Hits so far; null before the first answer. */
  count: number | null
  hasMore: boolean
}

/** Chooses where to search: everywhere, or in the open room. */
export const Scope = ({ room, count, hasMore }: Props) => {
  const { t } = useTranslation('search')
  const openRoom = useStore(({ view, rooms }) => {
    const key = room ?? (view.name === 'room' ? view.room : null)
    return key === null ? undefined : rooms[key]
  })
  const openSearch = useStore(state => state.openSearch)
  return (
    <div className={styles.filters}>
      <RadioGroup.Root
        className={styles.scopes}
        value={room ?? ''}
        onValueChange={key => openSearch(openRoom?.key === key ? openRoom.key : undefined)}
        orientation="horizontal"
        aria-label={t('scope')}
      >
        <RadioGroup.Item className={styles.chip} value="">
          <span>{t('everywhere')}</span>
        </RadioGroup.Item>
        {openRoom && (
          <RadioGroup.Item className={styles.chip} value={openRoom.key}>
            <RoomIcon room={openRoom} />
            <span dir="auto">{openRoom.name}</span>
          </RadioGroup.Item>
        )}
      </RadioGroup.Root>
      <span className={styles.count} role="status">
        {count !== null && t(hasMore ? 'foundMore' : 'found', { count })}
      </span>
    </div>
  )
}
