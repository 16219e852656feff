import { ArrowLeft, Bell, Keyboard, Languages, Palette, Shield, UserRound } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ListItem } from '../rooms/ListItem.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useArrowKeys } from '../ui/use-arrow-keys.ts'
import { useMessenger, useStore } from '../use-store.ts'
import type { SettingsSection } from '../view.ts'
import styles from './SettingsNav.module.css'

const icons: Record<SettingsSection, ReactNode> = {
  profile: <UserRound />,
  notifications: <Bell />,
  appearance: <Palette />,
  language: <Languages />,
  keyboard: <Keyboard />,
  storage: <Shield />,
}

const groups = [
  { title: 'groupYou', sections: ['profile', 'notifications'] },
  { title: 'groupApp', sections: ['appearance', 'language', 'keyboard', 'storage'] },
] as const

/** The list of the settings' pages, in the place of the rooms. */
export const SettingsNav = () => {
  const { t } = useTranslation(['settings', 'common'])
  const { store } = useMessenger()
  const current = useStore(({ view }) => (view.name === 'settings' ? view.section : null))
  const body = useRef<HTMLElement>(null)
  const onKeyDown = useArrowKeys(body)
  const { show, leavePage } = store.getState()
  return (
    <aside className={styles.list}>
      <header className={styles.head}>
        <IconButton label={t('common:back')} onClick={leavePage}>
          <ArrowLeft />
        </IconButton>
        <h2>{t('title')}</h2>
      </header>
      <nav className={styles.body} ref={body} onKeyDown={onKeyDown} aria-label={t('title')}>
        {groups.map(({ title, sections }) => (
          <section key={title} className={styles.section}>
            <h3>{t(title)}</h3>
            {sections.map(section => (
              <ListItem
                key={section}
                icon={icons[section]}
                name={t(`sections.${section}`)}
                current={section === current}
                onClick={() => show({ name: 'settings', section })}
              />
            ))}
          </section>
        ))}
      </nav>
    </aside>
  )
}
