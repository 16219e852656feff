import { useTranslation } from 'react-i18next'
import { TextField } from './fields.tsx'
import { Section } from './Section.tsx'

/** How the server writes the person, so that their own messages are recognised. */
export const IdentitySection = () => {
  const { t } = useTranslation('profile')
  return (
    <Section title={t('identity.title')}>
      <TextField at="identity.nickname" label={t('identity.nickname')} hint={t('identity.nicknameHint')} />
      <TextField at="identity.userId" label={t('identity.userId')} hint={t('identity.userIdHint')} />
    </Section>
  )
}
