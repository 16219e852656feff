import { LogIn, LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { NamedSentence } from '../../i18n/NamedSentence.tsx'
import styles from './PresenceLine.module.css'
import type { PresenceType } from './rows.ts'
import { clockTime } from './time.ts'

interface Props {
  type: PresenceType
  names: readonly string[]
  /** Ms since the epoch. */
  at: number
}

/** People who joined, or left, on one quiet line. */
export const PresenceLine = ({ type, names, at }: Props) => {
  const { t, i18n } = useTranslation('messages')
  const verb = type === 'JOIN' ? 'joined' : 'left'
  const Icon = type === 'JOIN' ? LogIn : LogOut
  return (
    <div className={styles.line}>
      <Icon className={styles.icon} aria-hidden="true" />
      <p>
        <NamedSentence
          names={names}
          of={(form, two) => t(`${verb}${form}`, { ...two, count: names.length - 2 })}
        />
      </p>
      <time dateTime={new Date(at).toISOString()}>{clockTime(i18n.language, at)}</time>
    </div>
  )
}
