import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { messageParts } from '../../../shared/contract/guess-profile.ts'
import { ChoiceField, TemplateField, TextField } from './fields.tsx'
import { Rows } from './Rows.tsx'
import { SampleFields } from './SampleFields.tsx'
import { Section } from './Section.tsx'
import { useProfile } from './use-profile-form.ts'

const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** How the server writes a message, and how it wants one. */
export const BodySection = () => {
  const { t } = useTranslation('profile')
  const { format, send } = useProfile().draft.body
  const zones = useId()
  return (
    <Section title={t('body.title')}>
      <SampleFields />
      <ChoiceField
        at="body.format"
        label={t('body.format')}
        options={(['json', 'text'] as const).map(value => ({ value, label: t(`body.${value}Body`) }))}
      />
      {format === 'json' && <Paths />}
      <TextField at="body.timeZone" label={t('body.timeZone')} hint={t('body.timeZoneHint')} list={zones} />
      <datalist id={zones}>
        {timeZones.map(zone => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <TemplateField at="body.send" kind="body" area label={t('body.send')} hint={t('body.sendHint')} />
      {send.trim() === '' && format === 'json' && (
        <Rows
          at="body.constants"
          title={t('body.constants')}
          hint={t('body.constantsHint')}
          add={t('body.constantAdd')}
        >
          {row => (
            <>
              <TextField at={`body.constants.${row}.name`} label={t('body.constantName')} />
              <TextField at={`body.constants.${row}.value`} label={t('headerValue')} />
            </>
          )}
        </Rows>
      )}
    </Section>
  )
}

/** Where the values of a message stand in its JSON, and what its types mean. */
const Paths = () => {
  const { t } = useTranslation('profile')
  const meanings = (['shown', 'line', 'hidden'] as const).map(value => ({ value, label: t(`body.${value}`) }))
  return (
    <>
      {messageParts.map(field => (
        <TextField
          key={field}
          at={`body.${field}`}
          label={t(`body.${field}`)}
          {...(field === 'text' && { hint: t('body.pathsHint') })}
        />
      ))}
      <Rows at="body.types" title={t('body.types')} hint={t('body.typesHint')} add={t('body.typeAdd')}>
        {row => (
          <>
            <TextField at={`body.types.${row}.type`} label={t('body.typeName')} />
            <ChoiceField at={`body.types.${row}.as`} label={t('body.typeAs')} options={meanings} />
          </>
        )}
      </Rows>
    </>
  )
}
