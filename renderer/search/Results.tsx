import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room, SearchHit } from '../../shared/contract/model.ts'
import { dayTick } from '../messages/row/time.ts'
import { useNow } from '../store/use-now.ts'
import { HitRow } from './HitRow.tsx'
import type { Sought } from '../../shared/text/query.ts'
import styles from './Results.module.css'
import { namesakeHints } from '../rooms/namesakes.ts'
import { MoreRow, RoomRow } from './RoomRow.tsx'

interface Props {
  rooms: readonly Room[]
  /** Found rooms beyond `rooms`; an entry after those shows them. */
  moreRooms: number
  hits: readonly SearchHit[]
  /** The query of `rooms`. */
  typed: Sought
  /** The query of `hits`. */
  sought: Sought
  /** Index of the entry that Enter opens; rooms come first. */
  active: number
  choose: (index: number) => void
  open: (index: number) => void
  /** Called when the person scrolls near the last hit. */
  atEnd: () => void
}

export const resultsId = 'search-results'
/** @returns the element id of the entry at `index`. */
export const optionId = (index: number): string => `${resultsId}-${index}`

/** Distance from the end at which more hits are loaded, in px. */
const approach = 600

/** The results: rooms, then messages, newest first. */
export const Results = ({ rooms, moreRooms, hits, typed, sought, active, choose, open, atEnd }: Props) => {
  const { t } = useTranslation('search')
  const now = useNow(dayTick)
  const hints = namesakeHints(rooms)
  useEffect(() => {
    document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' })
  }, [active, sought])
  const rowAt = (index: number) => ({
    id: optionId(index),
    isActive: index === active,
    choose: () => choose(index),
    open: () => open(index),
  })
  return (
    <div
      id={resultsId}
      className={styles.results}
      role="listbox"
      aria-label={t('results')}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        if (scrollHeight - scrollTop - clientHeight < approach) atEnd()
      }}
    >
      {rooms.length > 0 && (
        <Group title={t('rooms')}>
          {rooms.map((room, index) => (
            <RoomRow key={room.key} room={room} hint={hints.get(room.key)} sought={typed} {...rowAt(index)} />
          ))}
          {moreRooms > 0 && <MoreRow count={moreRooms} {...rowAt(rooms.length)} />}
        </Group>
      )}
      {hits.length > 0 && (
        <Group title={t('messages')} titled={rooms.length > 0}>
          {hits.map((hit, index) => (
            <HitRow
              key={`${hit.message.room}\n${hit.message.id}`}
              hit={hit}
              sought={sought}
              now={now}
              {...rowAt(rooms.length + (moreRooms > 0 ? 1 : 0) + index)}
            />
          ))}
        </Group>
      )}
    </div>
  )
}

interface GroupProps {
  title: string
  /** A single group needs no visible title. */
  titled?: boolean
  children: ReactNode
}

const Group = ({ title, titled = true, children }: GroupProps) => (
  <div role="group" aria-label={title} className={styles.group}>
    {titled && (
      <div className={styles.title} aria-hidden="true">
        {title}
      </div>
    )}
    {children}
  </div>
)
