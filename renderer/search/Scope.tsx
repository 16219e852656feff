import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useStore } from '../use-store.ts'
import styles from './Scope.module.css'

interface Props {
  /** The room that is searched; null for all of them. */
  room: RoomKey | null
  /** Hits so far; null before there was an answer. */
  count: number | null
  hasMore: boolean
}

/** Where the search looks: everywhere, or in the room that is open. */
export const Scope = ({ room, count, hasMore }: Props) => {
  const { t } = useTranslation('search')
  const openRoom = useStore(({ view, rooms }) => {
    const key = room ?? (view.name === 'room' ? view.room : null)
    return key === null ? undefined : rooms[key]
  })
  const openSearch = useStore(state => state.openSearch)
  const scopes = [
    { key: undefined, name: t('everywhere') },
    ...(openRoom ? [{ key: openRoom.key, name: `#${openRoom.name}` }] : []),
  ]
  return (
    <div className={styles.filters}>
      <div className={styles.scopes} role="radiogroup" aria-label={t('scope')}>
        {scopes.map(({ key, name }) => (
          <button
            key={key ?? ''}
            className={styles.chip}
            type="button"
            role="radio"
            aria-checked={(key ?? null) === room}
            onClick={() => openSearch(key)}
          >
            <span>{name}</span>
          </button>
        ))}
      </div>
      <span className={styles.count} role="status">
        {count !== null && t(hasMore ? 'foundMore' : 'found', { count })}
      </span>
    </div>
  )
}
