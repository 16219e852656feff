import { useTranslation } from 'react-i18next'
import type { Invite } from '../../shared/contract/invite.ts'
import { Fact, Facts, IdentityFact } from './Facts.tsx'

/** The content of an invitation, on which the person can decide. */
export const InviteFacts = ({ id, invite }: { id: string; invite: Invite }) => {
  const { t } = useTranslation('servers')
  const { url, name, passcode, fingerprint } = invite
  return (
    <Facts id={id}>
      {name !== null && <Fact term={t('inviteServer')}>{name}</Fact>}
      <IdentityFact term={t('url')} identity={url} />
      <Fact term={t('passcode')}>{t(passcode === null ? 'inviteNoPasscode' : 'invitePasscode')}</Fact>
      {fingerprint !== null && <IdentityFact term={t('fingerprint')} identity={fingerprint} />}
    </Facts>
  )
}
