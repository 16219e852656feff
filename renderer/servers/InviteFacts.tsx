import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invite } from '../../shared/contract/invite.ts'
import { Fingerprint } from '../ui/Fingerprint.tsx'
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
        <Fact term={t('fingerprint')}>
          <Fingerprint of={fingerprint} />
        </Fact>
      )}
    </dl>
  )
}

interface FactProps {
  term: string
  mono?: boolean
  children: ReactNode
}

const Fact = ({ term, mono = false, children }: FactProps) => (
  <>
    <dt>{term}</dt>
    <dd
      className={mono ? styles.mono : undefined}
      title={typeof children === 'string' ? children : undefined}
    >
      {children}
    </dd>
  </>
)
