import { Lock, LockOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/forms/Field.tsx'
import { IconButton } from '../../ui/forms/IconButton.tsx'
import { flagAt, textAt, type ListPath } from './edit-draft.ts'
import { TemplateField, TextField } from './fields.tsx'
import { Rows } from './Rows.tsx'
import { useField } from './use-field.ts'
import { useProfile } from './use-profile-form.ts'
import styles from './profile.module.css'

type ToldList = Extract<ListPath, `connect.${string}`>

interface Props {
  title: string
  hint?: string
  add: string
}

/** A list of headers of frames. */
export const HeaderRows = ({ at, ...rows }: Props & { at: Extract<ListPath, `frames.${string}`> }) => {
  const { t } = useTranslation('profile')
  return (
    <Rows at={at} {...rows}>
      {row => (
        <>
          <TextField at={`${at}.${row}.name`} label={t('headerName')} />
          <TemplateField at={`${at}.${row}.value`} kind="room" label={t('headerValue')} hint={null} />
        </>
      )}
    </Rows>
  )
}

/** A list of headers or parameters whose values may be secret. */
export const ToldRows = ({ at, ...rows }: Props & { at: ToldList }) => {
  const { t } = useTranslation('profile')
  const { draft } = useProfile()
  return (
    <Rows at={at} {...rows}>
      {row => (
        <>
          <TextField at={`${at}.${row}.name`} label={t('headerName')} />
          <div className={styles.told}>
            {flagAt(draft, `${at}.${row}.secret`) ? (
              <SecretField at={at} row={row} />
            ) : (
              <TemplateField at={`${at}.${row}.value`} kind="person" label={t('headerValue')} hint={null} />
            )}
            <SecretToggle at={at} row={row} />
          </div>
        </>
      )}
    </Rows>
  )
}

interface RowProps {
  at: ToldList
  row: number
}

/** A value that goes to the key store. What is there is never shown. */
const SecretField = ({ at, row }: RowProps) => {
  const { t } = useTranslation('profile')
  const { draft, kept } = useProfile()
  const { onChange, ...field } = useField(`${at}.${row}.value`)
  const slot = `${at.slice('connect.'.length)}:${textAt(draft, `${at}.${row}.name`).trim()}`
  return (
    <Field
      {...field}
      type="password"
      label={t('headerValue')}
      hint={t(kept.includes(slot) ? 'secretKept' : 'secretHint')}
      maxLength={8192}
      onChange={event => onChange(event.target.value)}
    />
  )
}

const SecretToggle = ({ at, row }: RowProps) => {
  const { t } = useTranslation('profile')
  const { draft, edit } = useProfile()
  const path = `${at}.${row}.secret` as const
  const secret = flagAt(draft, path)
  return (
    <IconButton
      label={t('secret')}
      aria-pressed={secret}
      onClick={() => edit({ edit: 'flag', at: path, value: !secret })}
    >
      {secret ? <Lock /> : <LockOpen />}
    </IconButton>
  )
}
