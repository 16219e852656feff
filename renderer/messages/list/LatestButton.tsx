import { ArrowDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { chatType, type Message, type RoomKey } from '../../../shared/contract/model.ts'
import styles from './LatestButton.module.css'
import { useReadState } from './use-read-state.ts'
import type { RoomWindow } from './room-window.ts'
import { clockTime } from '../row/time.ts'

interface Props {
  room: RoomKey
  roomWindow: RoomWindow
  messages: readonly Message[]
}

/** The button back to the newest message, with the count of new ones. */
export const LatestButton = ({ room, roomWindow, messages }: Props) => {
  const { t, i18n } = useTranslation('messages')
  const { unread, lastReadId } = useReadState(room)
  const readAt = messages.findIndex(message => message.id === lastReadId)
  const firstNew =
    readAt < 0
      ? undefined
      : messages.slice(readAt + 1).find(message => message.type === chatType && !message.own)
  return (
    <button className={styles.latest} type="button" onClick={() => void roomWindow.jumpToEnd()}>
      <ArrowDown />
      {unread > 0 ? (
        <span>
          <b>{t('newCount', { count: unread })}</b>{' '}
          {firstNew && t('since', { time: clockTime(i18n.language, firstNew.sentAt) })}
        </span>
      ) : (
        <span>{t('latest')}</span>
      )}
    </button>
  )
}
