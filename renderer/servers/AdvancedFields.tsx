import { ChevronRight } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultTemplate } from '../../shared/contract/messenger-commands.ts'
import type { NearbyServer, ServerProfile } from '../../shared/contract/model.ts'
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
  return (
    <details className={styles.more} open={invalid && invalid !== 'url' ? true : undefined}>
      <summary className={styles.summary}>
        <ChevronRight />
        {t('advanced')}
      </summary>
      <div className={styles.form}>
        <Field name="login" label={t('login')} hint={t('loginHint')} defaultValue={server?.login ?? ''} />
        <Field
          name="virtualHost"
          label={t('virtualHost')}
          hint={t('virtualHostHint')}
          defaultValue={server?.virtualHost ?? ''}
        />
        {templateFields.map(field => (
          <Field
            key={field}
            name={field}
            label={t(field)}
            hint={t('templateHint')}
            error={invalid === field ? t('templateInvalid') : null}
            defaultValue={server?.[field] ?? defaultTemplate}
          />
        ))}
        <Field
          name="timeZone"
          label={t('timeZone')}
          hint={t('timeZoneHint')}
          error={invalid === 'timeZone' ? t('timeZoneInvalid') : null}
          list={zoneList}
          defaultValue={server?.timeZone ?? ''}
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
