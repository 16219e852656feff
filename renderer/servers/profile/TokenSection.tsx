import { useTranslation } from 'react-i18next'
import { ChoiceField, SecretField, TemplateField, TextField } from './fields.tsx'
import { Section } from './Section.tsx'
import { useField } from './use-field.ts'
import { useProfile } from './use-profile-form.ts'
import { AreaField } from '../../ui/forms/AreaField.tsx'

const sources = ['none', 'field', 'command', 'login'] as const
const places = ['connect', 'handshake', 'query'] as const

/** Where the token of the server comes from, and where it goes. */
export const TokenSection = () => {
  const { t } = useTranslation('profile')
  const { from } = useProfile().draft.connect.token.source
  return (
    <Section title={t('token.title')}>
      <ChoiceField
        at="connect.token.source.from"
        label={t('token.from')}
        options={sources.map(value => ({ value, label: t(`token.source.${value}`) }))}
      />
      {from === 'field' && (
        <SecretField at="connect.token.source.secret" slot="token" label={t('token.secret')} />
      )}
      {from === 'command' && <Command />}
      {from === 'login' && <Login />}
      {from !== 'none' && <Place />}
    </Section>
  )
}

const Command = () => {
  const { t } = useTranslation('profile')
  const { onChange, ...field } = useField('connect.token.source.command')
  return (
    <AreaField
      {...field}
      label={t('token.command')}
      hint={t('token.commandHint')}
      onChange={event => onChange(event.target.value)}
    />
  )
}

/** The request that is answered with a token. */
const Login = () => {
  const { t } = useTranslation('profile')
  return (
    <>
      <TextField at="connect.token.source.url" label={t('token.url')} hint={t('token.urlHint')} />
      <TemplateField at="connect.token.source.body" kind="login" area label={t('token.body')} />
      <TextField at="connect.token.source.path" label={t('token.path')} hint={t('token.pathHint')} />
    </>
  )
}

const Place = () => {
  const { t } = useTranslation('profile')
  return (
    <>
      <ChoiceField
        at="connect.token.place"
        label={t('token.place')}
        options={places.map(value => ({ value, label: t(`headers.${value}`) }))}
      />
      <TextField at="connect.token.name" label={t('headerName')} />
      <TemplateField at="connect.token.value" kind="token" label={t('headerValue')} />
    </>
  )
}
