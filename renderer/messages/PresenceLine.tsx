import { LogIn, LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './PresenceLine.module.css'
import type { PresenceType } from './rows.ts'
import { clockTime } from './time.ts'

interface Props {
  type: PresenceType
  names: readonly string[]
  /** Ms since the epoch. */
  at: number
}

/** Stand for the names while the sentence is put together; no name can hold them. */
const places = { first: '\u0001', second: '\u0002' }

/** Who came, or went, on one quiet line. */
export const PresenceLine = ({ type, names, at }: Props) => {
  const { t, i18n } = useTranslation('messages')
  const [first = '', second = ''] = names
  const verb = type === 'JOIN' ? 'joined' : 'left'
  const form = names.length === 1 ? 'One' : names.length === 2 ? 'Two' : 'More'
  const sentence = t(`${verb}${form}`, { ...places, count: names.length - 2 })
  const Icon = type === 'JOIN' ? LogIn : LogOut
  return (
    <div className={styles.line}>
      <Icon className={styles.icon} aria-hidden="true" />
      <p>
        {sentence.split(/([\u0001\u0002])/u).map((part, index) => {
          if (part === places.first) return <b key={index}>{first}</b>
          return part === places.second ? <b key={index}>{second}</b> : part
        })}
      </p>
      <time dateTime={new Date(at).toISOString()}>{clockTime(i18n.language, at)}</time>
    </div>
  )
}
