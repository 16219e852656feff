import { Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { shownAt, type Message } from '../../../shared/contract/model.ts'
import styles from './PresenceLine.module.css'
import { clockTime } from './time.ts'

interface Props {
  message: Message
}

/** What a server says in a room by itself, on one quiet line. */
export const ServerLine = ({ message }: Props) => {
  const { i18n } = useTranslation()
  const at = shownAt(message)
  return (
    <div className={styles.line}>
      <Info className={styles.icon} aria-hidden="true" />
      <p>{message.content}</p>
      <time dateTime={new Date(at).toISOString()}>{clockTime(i18n.language, at)}</time>
    </div>
  )
}
