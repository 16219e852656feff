import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../shared/contract/model.ts'
import { clockTime, fullTime, nearDay, shortDay } from '../messages/row/time.ts'
import { RoomIcon } from '../rooms/RoomIcon.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { useStore } from '../store/use-store.ts'
import styles from './HitRow.module.css'
import { Marked } from './Marked.tsx'
import { excerptOf } from './marks.ts'
import type { Sought } from '../../shared/text/query.ts'

interface Props {
  id: string
  hit: SearchHit
  sought: Sought
  /** The current time, for "today". Milliseconds since the epoch. */
  now: number
  isActive: boolean
  choose: () => void
  open: () => void
}

/** A found message: sender, room, time, and an excerpt. */
export const HitRow = ({ id, hit: { message, roomName }, sought, now, isActive, choose, open }: Props) => {
  const room = useStore(state => state.rooms[message.room])
  const pieces = useMemo(() => excerptOf(message.content, sought), [message.content, sought])
  return (
    <div
      id={id}
      className={styles.hit}
      role="option"
      aria-selected={isActive}
      onMouseMove={isActive ? undefined : choose}
      onClick={open}
    >
      <Avatar name={message.sender} />
      <div className={styles.main}>
        <header className={styles.head}>
          <b dir="auto">{message.sender}</b>
          <span className={styles.room}>
            {room && <RoomIcon room={room} />}
            <span dir="auto">{roomName}</span>
          </span>
          <When at={message.sentAt} now={now} />
        </header>
        <p className={styles.text} dir="auto">
          <Marked pieces={pieces} />
        </p>
      </div>
    </div>
  )
}

const When = ({ at, now }: { at: number; now: number }) => {
  const { t, i18n } = useTranslation('messages')
  const near = nearDay(at, now)
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(i18n.language, at)}>
      {near ? t(near) : shortDay(i18n.language, at, now)} {clockTime(i18n.language, at)}
    </time>
  )
}
