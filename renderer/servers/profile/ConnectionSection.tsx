import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceField, TextField } from './fields.tsx'
import { Section } from './Section.tsx'
import { useProfile } from './use-profile-form.ts'

const usualVersions = ['1.2', '1.2,1.1', '1.2,1.1,1.0', '1.1', '1.0']

/** Virtual host and versions of STOMP; `children` are what belongs to the address. */
export const ConnectionSection = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation('profile')
  const { versions } = useProfile().draft.connect
  const offered = usualVersions.includes(versions) ? usualVersions : [versions, ...usualVersions]
  return (
    <Section title={t('connection.title')}>
      <TextField
        at="connect.virtualHost"
        label={t('connection.virtualHost')}
        hint={t('connection.virtualHostHint')}
      />
      <ChoiceField
        at="connect.versions"
        label={t('connection.versions')}
        options={offered.map(value => ({ value, label: value.replaceAll(',', ', ') }))}
      />
      {children}
    </Section>
  )
}
