import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { SheetHead } from '../ui/layout/SheetHead.tsx'
import type { SettingsSection } from '../store/view.ts'
import { Appearance } from './Appearance.tsx'
import { KeyboardSettings } from './KeyboardSettings.tsx'
import { LanguageSettings } from './LanguageSettings.tsx'
import { NotificationSettings } from './NotificationSettings.tsx'
import { Profile } from './Profile.tsx'
import { Storage } from './Storage.tsx'
import styles from './SettingsPage.module.css'

const pages: Record<SettingsSection, ComponentType> = {
  profile: Profile,
  notifications: NotificationSettings,
  appearance: Appearance,
  language: LanguageSettings,
  keyboard: KeyboardSettings,
  storage: Storage,
}

/** One page of the settings. Changes apply at once. */
export const SettingsPage = ({ section }: { section: SettingsSection }) => {
  const { t } = useTranslation('settings')
  const Page = pages[section]
  return (
    <>
      <SheetHead title={t(`sections.${section}`)} />
      <div className={styles.page}>
        <div className={styles.settings}>
          <Page />
        </div>
      </div>
    </>
  )
}
