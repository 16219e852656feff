import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Setting } from '../ui/forms/Setting.tsx'
import { useDesktop } from '../store/use-store.ts'
import { KeptMessages } from './KeptMessages.tsx'
import { Group } from './Group.tsx'
import styles from './Storage.module.css'

/** What is stored on this computer, and how passcodes are protected. */
export const Storage = () => {
  const { t } = useTranslation('settings')
  const { secretsEncrypted, version } = useDesktop(desktop => desktop)
  return (
    <Group>
      <Setting name={t('stored')} text={t('storedText')}>
        {() => null}
      </Setting>
      <KeptMessages />
      <Setting name={t('secrets')} text={t(secretsEncrypted ? 'secretsEncrypted' : 'secretsPlain')}>
        {() =>
          secretsEncrypted ? (
            <ShieldCheck className={styles.safe} />
          ) : (
            <ShieldAlert className={styles.unsafe} />
          )
        }
      </Setting>
      <Setting name={t('version')}>{() => <span className={styles.version}>{version}</span>}</Setting>
    </Group>
  )
}
