import { Link } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { inviteLink, type Invite } from '../../shared/contract/invite.ts'
import { Button } from '../ui/forms/Button.tsx'
import { QrCode } from '../ui/marks/QrCode.tsx'
import { useCopy } from './use-copy.ts'
import styles from './InviteCode.module.css'

/** The invitation, for scanning or copying. */
export const InviteCode = ({ invite }: { invite: Invite }) => {
  const { t } = useTranslation('host')
  const copy = useCopy()
  // Without the name the code has larger modules, which are easier to scan.
  const scanned = inviteLink({ ...invite, name: null })
  return (
    <div className={styles.invite}>
      <QrCode text={scanned} label={t('inviteCode')} />
      <p>{t(invite.passcode === null ? 'inviteText' : 'inviteTextPasscode')}</p>
      <Button variant="primary" onClick={() => void copy(inviteLink(invite))}>
        <Link />
        {t('copyInvite')}
      </Button>
    </div>
  )
}
