import { ChevronRight } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { NearbyServer, ServerProfile } from '../../shared/contract/model.ts'
import { profileOf } from '../../shared/contract/profile.ts'
import { Field } from '../ui/forms/Field.tsx'
import { templateFields, type InvalidField } from './server-fields.ts'
import styles from './ServerForm.module.css'

const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone')]

interface Props {
  server: ServerProfile | undefined
  nearby: NearbyServer | undefined
  invalid: InvalidField | null
}

/** The settings of a server that most people leave as they are; unfolded where one of them is invalid. */
export const AdvancedFields = ({ server, nearby, invalid }: Props) => {
  const { t } = useTranslation('servers')
  const zoneList = useId()
  const { connect, rooms, body } = server?.profile ?? profileOf()
  const destinations = { subscribeTemplate: rooms.subscribe[0], publishTemplate: rooms.send }
  return (
    <details className={styles.more} open={invalid && invalid !== 'url' ? true : undefined}>
      <summary className={styles.summary}>
        <ChevronRight />
        {t('advanced')}
      </summary>
      <div className={styles.form}>
        <Field name="login" label={t('login')} hint={t('loginHint')} defaultValue={connect.login ?? ''} />
        <Field
          name="virtualHost"
          label={t('virtualHost')}
          hint={t('virtualHostHint')}
          defaultValue={connect.virtualHost ?? ''}
        />
        {templateFields.map(field => (
          <Field
            key={field}
            name={field}
            label={t(field)}
            hint={t('templateHint')}
            error={invalid === field ? t('templateInvalid') : null}
            defaultValue={destinations[field] ?? ''}
          />
        ))}
        <Field
          name="timeZone"
          label={t('timeZone')}
          hint={t('timeZoneHint')}
          error={invalid === 'timeZone' ? t('timeZoneInvalid') : null}
          list={zoneList}
          defaultValue={body.timeZone ?? ''}
        />
        <datalist id={zoneList}>
          {timeZones.map(zone => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <Field
          name="fingerprint"
          label={t('fingerprint')}
          hint={t('fingerprintHint')}
          error={invalid === 'fingerprint' ? t('fingerprintInvalid') : null}
          defaultValue={server?.fingerprint ?? nearby?.fingerprint ?? ''}
        />
      </div>
    </details>
  )
}
