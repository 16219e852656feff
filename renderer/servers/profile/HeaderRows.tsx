import { useTranslation } from 'react-i18next'
import type { ListPath } from './edit-draft.ts'
import { TemplateField, TextField } from './fields.tsx'
import { Rows } from './Rows.tsx'
import type { TemplateKind } from './use-field.ts'

type HeaderList = Extract<ListPath, `connect.${string}` | `frames.${string}`>

interface Props {
  at: HeaderList
  kind: TemplateKind
  title: string
  hint?: string
  add: string
}

/** A list of names and values. */
export const HeaderRows = ({ at, kind, ...rows }: Props) => {
  const { t } = useTranslation('profile')
  return (
    <Rows at={at} {...rows}>
      {row => (
        <>
          <TextField at={`${at}.${row}.name`} label={t('headerName')} />
          <TemplateField at={`${at}.${row}.value`} kind={kind} label={t('headerValue')} hint={null} />
        </>
      )}
    </Rows>
  )
}
