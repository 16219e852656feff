import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { NearbyServer, ServerProfile } from '../../shared/contract/model.ts'
import { Field } from '../ui/forms/Field.tsx'
import { ImportButton } from './preset/ImportButton.tsx'
import { ProfileSections } from './profile/ProfileSections.tsx'
import type { InvalidField } from './server-fields.ts'
import styles from './ServerForm.module.css'

interface Props {
  server: ServerProfile | undefined
  nearby: NearbyServer | undefined
  invalid: InvalidField | null
}

/** The settings of a server that most people leave as they are. */
export const AdvancedFields = ({ server, nearby, invalid }: Props) => {
  const { t } = useTranslation('servers')
  return (
    <details className={styles.more}>
      <summary className={styles.summary}>
        <ChevronRight />
        {t('advanced')}
      </summary>
      <div className={styles.sections}>
        <ImportButton />
        <ProfileSections
          connection={
            <Field
              name="fingerprint"
              label={t('fingerprint')}
              hint={t('fingerprintHint')}
              error={invalid === 'fingerprint' ? t('fingerprintInvalid') : null}
              defaultValue={server?.fingerprint ?? nearby?.fingerprint ?? ''}
            />
          }
        />
      </div>
    </details>
  )
}
