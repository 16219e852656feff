import { useId, useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { parseInvite, type Invite } from '../../shared/contract/invite.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import { useAttempt } from '../store/use-attempt.ts'
import { Fact, Facts, IdentityFact } from './Facts.tsx'
import { IdentityQuestion } from './IdentityQuestion.tsx'
import styles from './ServerForm.module.css'

interface Props {
  /** The initial link; not validated. */
  link: string
  /** Something has been typed. */
  onTyped: () => void
  /**
   * Joins; the form shows what it throws.
   * @param accepts the server identity that the person has accepted.
   */
  onJoin: (invite: Invite, accepts?: string) => Promise<void>
  /** The buttons before the submit button. */
  children?: ReactNode
}

/** The content of an invitation, on which the person can decide. */
const InviteFacts = ({ id, invite }: { id: string; invite: Invite }) => {
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

/** Takes an invitation, shows its content, and joins after a confirmation. */
export const JoinForm = ({ link, onTyped, onJoin, children }: Props) => {
  const { t } = useTranslation('servers')
  const errorText = useErrorText()
  const facts = useId()
  const [text, setText] = useState(link)
  const { attempt, busy, error } = useAttempt()
  const invite = parseInvite(text)
  const wrong = text.trim() !== '' && invite === null

  const send = (accepts?: string) => {
    if (invite) void attempt(() => onJoin(invite, accepts))
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <form className={styles.form} onSubmit={submit} onInput={onTyped} noValidate>
      <Field
        label={t('invite')}
        hint={t('inviteHint')}
        error={wrong ? errorText({ code: 'invite-invalid' }) : null}
        value={text}
        onChange={event => setText(event.target.value)}
        autoFocus={link === ''}
      />
      {invite && <InviteFacts id={facts} invite={invite} />}
      {error?.code === 'server-other' ? (
        <IdentityQuestion error={error} busy={busy} onAccept={send} />
      ) : (
        error && <Notice>{errorText(error)}</Notice>
      )}
      <div className={styles.buttons}>
        {children}
        <Button
          variant="primary"
          type="submit"
          disabled={busy || invite === null}
          {...(invite && { 'aria-describedby': facts })}
        >
          {t('join')}
        </Button>
      </div>
    </form>
  )
}
