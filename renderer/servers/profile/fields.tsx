/** The fields of a profile's form, each by the path of its value. */
import { useTranslation } from 'react-i18next'
import { AreaField } from '../../ui/forms/AreaField.tsx'
import { Field } from '../../ui/forms/Field.tsx'
import { SelectField } from '../../ui/forms/SelectField.tsx'
import type { TextPath } from './edit-draft.ts'
import { placeholdersOf, useField, type TemplateKind } from './use-field.ts'
import { useProfile } from './use-profile-form.ts'

interface Props {
  at: TextPath
  label: string
  hideLabel?: boolean
  hint?: string | null
}

/** A text of one line. */
export const TextField = ({ at, list, ...frame }: Props & { list?: string; inputMode?: 'numeric' }) => {
  const { onChange, ...field } = useField(at)
  return (
    <Field {...frame} {...field} {...(list && { list })} onChange={event => onChange(event.target.value)} />
  )
}

/** A value that goes to the key store. What is there is never shown. @param slot its name there. */
export const SecretField = ({ at, slot, label }: Props & { slot: string }) => {
  const { t } = useTranslation('profile')
  const { kept } = useProfile()
  const { onChange, ...field } = useField(at)
  return (
    <Field
      {...field}
      type="password"
      label={label}
      hint={t(kept.includes(slot) ? 'secretKept' : 'secretHint')}
      maxLength={8192}
      onChange={event => onChange(event.target.value)}
    />
  )
}

interface TemplateProps extends Props {
  /** Says which placeholders have a value here. */
  kind: TemplateKind
  /** Several lines. */
  area?: boolean
}

/** A text with placeholders; its hint names those that have a value here. */
export const TemplateField = ({ at, kind, area = false, hint, ...frame }: TemplateProps) => {
  const { t } = useTranslation('profile')
  const { onChange, ...field } = useField(at, kind)
  const names = t('placeholders', { names: placeholdersOf(kind) })
  const Control = area ? AreaField : Field
  return (
    <Control
      {...frame}
      {...field}
      hint={hint === null ? undefined : [hint, names].filter(Boolean).join(' ')}
      onChange={(event: { target: { value: string } }) => onChange(event.target.value)}
    />
  )
}

/** A choice of one from a few values. */
export const ChoiceField = ({
  at,
  options,
  ...frame
}: Props & { options: readonly { value: string; label: string }[] }) => (
  <SelectField {...frame} {...useField(at)} options={options} />
)
