import { useTranslation } from 'react-i18next'
import type { Settings } from '../../shared/contract/model.ts'
import { Segments } from '../ui/marks/Segments.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Group } from './Group.tsx'
import { useSetting } from './use-setting.ts'

/** The language, each under its own name. */
export const LanguageSettings = () => {
  const { t } = useTranslation('settings')
  const [language, setLanguage] = useSetting('language')
  const languages: { value: Settings['language']; label: string }[] = [
    { value: 'system', label: t('languageSystem') },
    { value: 'en', label: 'English' },
    { value: 'ko', label: '한국어' },
  ]
  return (
    <Group>
      <Setting name={t('language')} text={t('languageText')}>
        {ids => (
          <Segments labelledBy={ids.name} value={language} options={languages} onChange={setLanguage} />
        )}
      </Setting>
    </Group>
  )
}
