import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../store/use-store.ts'
import styles from './AddressSelect.module.css'

/** The address in the URL, as stored in the settings. */
const addressOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '')

/** Chooses which of this computer's addresses others get; the first of `urls` is the current one. */
export const AddressSelect = ({ urls }: { urls: readonly string[] }) => {
  const { t } = useTranslation('host')
  const send = useSend()
  return (
    <span className={styles.box}>
      <select
        className={styles.select}
        aria-label={t('chooseAddress')}
        value={urls[0]}
        title={urls[0]}
        onChange={event => void send('updateHost', { address: addressOf(event.target.value) })}
      >
        {urls.toSorted().map(url => (
          <option key={url}>{url}</option>
        ))}
      </select>
      <ChevronDown />
    </span>
  )
}
