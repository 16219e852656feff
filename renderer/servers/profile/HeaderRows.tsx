import { Lock, LockOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/forms/IconButton.tsx'
import type { ProfileDraft } from './draft.ts'
import { flagAt, textAt, type ListPath } from './edit-draft.ts'
import { SecretField, TemplateField, TextField } from './fields.tsx'
import { Rows } from './Rows.tsx'
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
              <SecretField at={`${at}.${row}.value`} slot={slotOf(draft, at, row)} label={t('headerValue')} />
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

/** @returns the name under which the key store has the value of a row. */
const slotOf = (draft: ProfileDraft, at: ToldList, row: number): string =>
  `${at.slice('connect.'.length)}:${textAt(draft, `${at}.${row}.name`).trim()}`

interface RowProps {
  at: ToldList
  row: number
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
