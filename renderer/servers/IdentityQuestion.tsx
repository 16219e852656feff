import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/contract/errors.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import { Fact, Facts, IdentityFact } from './Facts.tsx'
import styles from './ServerForm.module.css'

interface Props {
  /** A `server-other`. */
  error: AppError
  busy: boolean
  /** The person accepts the new identity. */
  onAccept: (identity: string) => void
}

const isCertificate = (identity: string): boolean => !identity.includes('://')

/** Asks whether to accept a server's new certificate or address, and says what happens to its secrets. */
export const IdentityQuestion = ({ error: { params = {} }, busy, onAccept }: Props) => {
  const { t } = useTranslation('servers')
  const [name, before, after] = [params.name, params.before, params.after].map(String) as [
    string,
    string,
    string,
  ]
  const kind = isCertificate(before) || isCertificate(after) ? 'certificate' : 'address'
  return (
    <>
      <Notice>{t(`other.${kind}`, { name })}</Notice>
      <Facts>
        <Fact term={t('inviteServer')}>{name}</Fact>
        <IdentityFact term={t('other.before')} identity={before} />
        <IdentityFact term={t('other.after')} identity={after} />
      </Facts>
      <Button variant="danger" className={styles.accept} disabled={busy} onClick={() => onAccept(after)}>
        {t(`other.accept.${kind}`)}
      </Button>
    </>
  )
}
