import { useTranslation } from 'react-i18next'
import type { Invite } from '../../shared/contract/invite.ts'
import styles from './InviteFacts.module.css'

/** What an invitation leads to, so that a person can say yes or no to it. */
export const InviteFacts = ({ id, invite }: { id: string; invite: Invite }) => {
  const { t } = useTranslation('servers')
  const { url, name, passcode, fingerprint } = invite
  return (
    <dl id={id} className={styles.facts}>
      {name !== null && <Fact term={t('inviteServer')}>{name}</Fact>}
      <Fact term={t('url')} mono>
        {url}
      </Fact>
      <Fact term={t('passcode')}>{t(passcode === null ? 'inviteNoPasscode' : 'invitePasscode')}</Fact>
      {fingerprint !== null && (
        <Fact term={t('fingerprint')} mono>
          {fingerprint}
        </Fact>
      )}
    </dl>
  )
}

const Fact = ({ term, mono = false, children }: { term: string; mono?: boolean; children: string }) => (
  <>
    <dt>{term}</dt>
    <dd className={mono ? styles.mono : undefined} title={children}>
      {children}
    </dd>
  </>
)
