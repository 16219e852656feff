import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { inviteScheme, parseInvite } from '../../shared/contract/invite.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { NearbyServer, ServerProfile } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import { useAttempt } from '../store/use-attempt.ts'
import { AdvancedFields } from './AdvancedFields.tsx'
import { IdentityQuestion } from './IdentityQuestion.tsx'
import { fillServerFields, readServerFields, type InvalidField, type ServerFields } from './server-fields.ts'
import styles from './ServerForm.module.css'
import { useFindServer } from './use-find-server.ts'

interface Props {
  /** The server to edit; undefined for a new one. */
  server?: ServerProfile
  /** The server found on the network that is being added. */
  nearby?: NearbyServer
  focus?: 'url' | 'passcode'
  submitLabel: string
  /**
   * Saves; the form shows what it throws.
   * @param accepts the server identity that the person has accepted.
   */
  onSubmit: (fields: ServerFields, accepts?: string) => Promise<void>
  /** The buttons before the submit button. */
  children?: ReactNode
}

interface FailedProps {
  error: AppError | null
  busy: boolean
  /** Whether no server answered at the address. */
  isUnfound: boolean
  /** Saves the address as it is. @param accepts the server identity that the person has accepted. */
  onSend: (accepts?: string) => void
}

/** Why saving failed, and what to do about it. */
const Failed = ({ error, busy, isUnfound, onSend }: FailedProps) => {
  const { t } = useTranslation('servers')
  const errorText = useErrorText()
  if (!error) return null
  return (
    <>
      {error.code === 'server-other' ? (
        <IdentityQuestion error={error} busy={busy} onAccept={onSend} />
      ) : (
        <Notice>{errorText(error)}</Notice>
      )}
      {isUnfound && (
        <Button variant="quiet" size="small" className={styles.aside} onClick={() => onSend()}>
          {t('saveAnyway')}
        </Button>
      )}
    </>
  )
}

interface FooterProps {
  /** The address that is being tried. */
  trying: string | null
  busy: boolean
  submitLabel: string
  children: ReactNode
}

const Footer = ({ trying, busy, submitLabel, children }: FooterProps) => {
  const { t } = useTranslation('servers')
  return (
    <>
      <p className={styles.trying} role="status">
        {trying !== null && t('trying', { address: trying })}
      </p>
      <div className={styles.buttons}>
        {children}
        <Button variant="primary" type="submit" disabled={busy}>
          {submitLabel}
        </Button>
      </div>
    </>
  )
}

/** Address, passcode and further settings of a server. An invitation pasted into the address fills in its values. */
export const ServerForm = ({ server, nearby, focus = 'url', submitLabel, onSubmit, children }: Props) => {
  const { t } = useTranslation('servers')
  const errorText = useErrorText()
  const { attempt, busy, error } = useAttempt()
  const { find, trying, isUnfound } = useFindServer(server)
  const [invalid, setInvalid] = useState<InvalidField | null>(null)
  const [forget, setForget] = useState(false)
  /** The address is an invitation link that can't be parsed. */
  const [unreadable, setUnreadable] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const kept = server?.hasPasscode === true && !forget

  /** Puts the found address into its field. */
  const shown = (fields: ServerFields): ServerFields => {
    const input = form.current?.querySelector<HTMLInputElement>('input[name=url]')
    if (input) input.value = fields.url
    return fields
  }
  /** @param isFound uses the address as it is, without checking whether a server answers. */
  const send = (accepts?: string, isFound = false) => {
    if (unreadable || !form.current) return
    const fields = readServerFields(new FormData(form.current), kept, server?.profile)
    setInvalid(typeof fields === 'string' ? fields : null)
    if (typeof fields !== 'string')
      void attempt(async () => onSubmit(isFound ? fields : shown(await find(fields)), accepts))
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    send()
  }

  const readLink = ({ value, form }: HTMLInputElement) => {
    const isLink = value.toLowerCase().includes(`${inviteScheme}:`)
    const invite = isLink ? parseInvite(value) : null
    setUnreadable(isLink && invite === null)
    if (form && invite) fillServerFields(form, invite)
  }

  const isAboutUrl = error?.code === 'url-invalid'
  const urlError = invalid === 'url' ? t('urlMissing') : isAboutUrl ? errorText(error) : null
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <Field
        name="url"
        label={t('url')}
        hint={t('urlHint')}
        error={unreadable ? errorText({ code: 'invite-invalid' }) : urlError}
        inputMode="url"
        defaultValue={server?.url ?? nearby?.url ?? ''}
        onChange={event => readLink(event.target)}
        autoFocus={focus === 'url'}
      />
      <Field
        name="passcode"
        type="password"
        label={t('passcode')}
        hint={forget ? t('passcodeForgotten') : t(kept ? 'passcodeKept' : 'passcodeHint')}
        autoFocus={focus === 'passcode'}
      />
      {kept && (
        <Button variant="quiet" size="small" className={styles.aside} onClick={() => setForget(true)}>
          {t('forgetPasscode')}
        </Button>
      )}
      <Field
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        maxLength={64}
        defaultValue={server?.name ?? ''}
      />
      <AdvancedFields server={server} nearby={nearby} invalid={invalid} />
      <Failed
        error={isAboutUrl ? null : error}
        busy={busy}
        isUnfound={isUnfound}
        onSend={accepts => send(accepts, true)}
      />
      <Footer trying={trying} busy={busy} submitLabel={submitLabel}>
        {children}
      </Footer>
    </form>
  )
}
