import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerField } from '../../shared/contract/doctor.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { NearbyServer, ServerProfile } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import { AdvancedFields } from './AdvancedFields.tsx'
import { AddressCheck } from './doctor/AddressCheck.tsx'
import { IdentityQuestion } from './IdentityQuestion.tsx'
import { PresetField } from './preset/PresetField.tsx'
import { TextField } from './profile/fields.tsx'
import { ProfileFormContext } from './profile/use-profile-form.ts'
import type { ServerFields } from './server-fields.ts'
import styles from './ServerForm.module.css'
import { useServerForm } from './use-server-form.ts'

interface Props {
  /** The server to edit; undefined for a new one. */
  server?: ServerProfile
  /** The server found on the network that is being added. */
  nearby?: NearbyServer
  focus?: ServerField
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
  /** Finds out why no server answers. */
  children: ReactNode
}

/** Why saving failed, and what to do about it. */
const Failed = ({ error, busy, isUnfound, onSend, children }: FailedProps) => {
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
      {isUnfound && children}
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
  const { element, profile, invalid, forget, unreadable, readLink, send, ...trial } = useServerForm(
    server,
    focus,
    onSubmit,
  )
  const { busy, error } = trial
  const isAboutUrl = error?.code === 'url-invalid'
  const urlError = invalid === 'url' ? t('urlMissing') : isAboutUrl ? errorText(error) : null
  return (
    <form
      ref={element}
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
      noValidate
    >
      <ProfileFormContext value={profile}>
        <Field
          name="url"
          label={t('url')}
          hint={t('urlHint')}
          error={unreadable ? errorText({ code: 'invite-invalid' }) : urlError}
          inputMode="url"
          defaultValue={server?.url ?? nearby?.url ?? ''}
          onChange={event => readLink(event.target)}
        />
        <div className={styles.account}>
          <TextField at="connect.login" label={t('login')} hint={t('loginHint')} />
          <PasscodeField server={server} forget={forget} />
        </div>
        <div className={styles.account}>
          <Field
            name="name"
            label={t('name')}
            hint={t('nameHint')}
            maxLength={64}
            defaultValue={server?.name ?? ''}
          />
          <PresetField />
        </div>
        <AdvancedFields server={server} nearby={nearby} invalid={invalid} />
      </ProfileFormContext>
      <Failed
        error={isAboutUrl ? null : error}
        busy={busy}
        isUnfound={trial.isUnfound}
        onSend={accepts => send(accepts, true)}
      >
        <AddressCheck form={element} />
      </Failed>
      <Footer trying={trial.trying} busy={busy} submitLabel={submitLabel}>
        {children}
      </Footer>
    </form>
  )
}

interface PasscodeProps {
  server: ServerProfile | undefined
  /** Whether the saved passcode is to be forgotten, and what decides that. */
  forget: readonly [boolean, (forget: boolean) => void]
}

const PasscodeField = ({ server, forget: [forget, setForget] }: PasscodeProps) => {
  const { t } = useTranslation('servers')
  const kept = server?.hasPasscode === true && !forget
  return (
    <div>
      <Field
        name="passcode"
        type="password"
        label={t('passcode')}
        hint={forget ? t('passcodeForgotten') : t(kept ? 'passcodeKept' : 'passcodeHint')}
      />
      {kept && (
        <Button variant="quiet" size="small" className={styles.forget} onClick={() => setForget(true)}>
          {t('forgetPasscode')}
        </Button>
      )}
    </div>
  )
}
