import { Hash, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HostMeasure, MeasuredRoom } from '../../shared/contract/host-measure.ts'
import type { ServerId } from '../../shared/contract/model.ts'
import { clockTime, nearDay, shortDay } from '../messages/row/time.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Card } from '../ui/layout/Card.tsx'
import { useNow } from '../store/use-now.ts'
import { useMessenger } from '../store/use-store.ts'
import styles from './ActivityTable.module.css'

interface Props {
  /** The id of the box as a server. */
  serverId: ServerId
  measure: HostMeasure | undefined
}

/** The public rooms of the box with their activity, and the number of other rooms. */
export const RoomsCard = ({ serverId, measure }: Props) => {
  const { t } = useTranslation('host')
  const { store } = useMessenger()
  const { rooms = [], moreRooms = 0, closedRooms } = measure ?? {}
  const create = () => store.getState().openDialog({ name: 'create-room', serverId })
  return (
    <Card
      title={t('rooms')}
      action={
        <Button variant="quiet" size="small" onClick={create}>
          <Plus />
          {t('createRoom')}
        </Button>
      }
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('roomName')}</th>
            <th scope="col">{t('roomPeople')}</th>
            <th scope="col">{t('roomMessages')}</th>
            <th scope="col">{t('roomLast')}</th>
          </tr>
        </thead>
        <tbody>
          {rooms.map(room => (
            <RoomRow key={room.roomId} room={room} />
          ))}
        </tbody>
      </table>
      {moreRooms > 0 && <p className={styles.more}>{t('moreRooms', { count: moreRooms })}</p>}
      {closedRooms && closedRooms.count > 0 && <p className={styles.more}>{t('closedRooms', closedRooms)}</p>}
    </Card>
  )
}

const RoomRow = ({ room: { name, people, messages, lastAt } }: { room: MeasuredRoom }) => {
  const { i18n } = useTranslation('host')
  const numbers = new Intl.NumberFormat(i18n.language)
  return (
    <tr>
      <th scope="row" title={name}>
        <Hash />
        <span dir="auto">{name}</span>
      </th>
      <td>{numbers.format(people)}</td>
      <td>{numbers.format(messages)}</td>
      <td>{lastAt === null ? '–' : <LastTime at={lastAt} />}</td>
    </tr>
  )
}

/** Milliseconds for which a message counts as "just now". */
const justNow = 60_000

const LastTime = ({ at }: { at: number }) => {
  const { t, i18n } = useTranslation('host')
  const now = useNow(1_000)
  const day = nearDay(at, now)
  const text =
    now - at < justNow
      ? t('justNow')
      : day === 'today'
        ? clockTime(i18n.language, at)
        : day === 'yesterday'
          ? t('messages:yesterday')
          : shortDay(i18n.language, at, now)
  return <time dateTime={new Date(at).toISOString()}>{text}</time>
}
