import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestSource, readSpringSource, type SpringSource } from '../../../shared/contract/spring-source.ts'
import { AreaField } from '../../ui/forms/AreaField.tsx'
import { fillTypedAddress, readTypedAddress } from '../doctor/typed-address.ts'
import { addressAt, fillFromSource } from './source.ts'
import { Group } from './Section.tsx'
import styles from './profile.module.css'
import { useProfile } from './use-profile-form.ts'

const nothing = { source: '', read: null }

/** Fills in address and destinations from the source of a Spring back end, which is pasted. */
export const SourceFields = () => {
  const { t } = useTranslation('profile')
  const { edit } = useProfile()
  const [{ source, read }, setRead] = useState<{ source: string; read: SpringSource | null }>(nothing)
  const take = ({ value, form }: HTMLTextAreaElement): void => {
    const found = readSpringSource(value)
    setRead({ source: value, read: found })
    if (!found) return
    const [endpoint] = found.endpoints
    if (endpoint !== undefined)
      fillTypedAddress(form, { url: addressAt(readTypedAddress(form).url, endpoint) })
    edit({ edit: 'change', change: draft => fillFromSource(draft, found) })
  }
  const lines = read ? [...read.endpoints, ...read.send, ...read.subscribe, ...read.own] : []
  return (
    <Group title={t('source.spring')} hint={t('source.springHint')}>
      <AreaField
        label={t('source.springPaste')}
        hideLabel
        maxLength={longestSource}
        value={source}
        error={source.trim() !== '' && !read ? t('source.springWrong') : null}
        onChange={event => take(event.target)}
      />
      <p className={styles.hint} role="status">
        {read && t('source.springRead', { found: lines.join(', ') })}
      </p>
    </Group>
  )
}
