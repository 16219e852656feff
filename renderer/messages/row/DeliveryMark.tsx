import { Check, CheckCheck, Clock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '../../../shared/contract/model.ts'
import styles from './DeliveryMark.module.css'

const icons = { queued: Clock, sent: Check, confirmed: CheckCheck }

/** How far an own message has got, after its last word. */
export const DeliveryMark = ({ delivery }: { delivery: Exclude<Delivery, 'failed'> }) => {
  const { t } = useTranslation('messages')
  const Icon = icons[delivery]
  return (
    <span className={styles.mark} role="img" aria-label={t(delivery)} title={t(delivery)}>
      <Icon />
    </span>
  )
}
