import { ArrowLeft, Bell, Keyboard, Languages, Palette, Shield, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { ListItem } from '../ui/layout/ListItem.tsx'
import { SideList, SideSection } from '../ui/layout/SideList.tsx'
import { hasDesktop } from '../store/surface.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import type { SettingsSection } from '../store/view.ts'
import styles from './SettingsNav.module.css'

const icons: Record<SettingsSection, ReactNode> = {
  profile: <UserRound />,
  notifications: <Bell />,
  appearance: <Palette />,
  language: <Languages />,
  keyboard: <Keyboard />,
  storage: <Shield />,
}

interface Group {
  title: 'groupYou' | 'groupApp'
  sections: SettingsSection[]
}
const groups: Group[] = [
  { title: 'groupYou', sections: ['profile', 'notifications'] },
  { title: 'groupApp', sections: ['appearance', 'language', 'keyboard', 'storage'] },
]
/** Without a desktop nothing but the person is kept, and keys are as they are. */
const groupsOfPage: Group[] = [
  { title: 'groupYou', sections: ['profile'] },
  { title: 'groupApp', sections: ['keyboard'] },
]

/** The list of settings pages, in place of the rooms. */
export const SettingsNav = () => {
  const { t } = useTranslation(['settings', 'common'])
  const { store } = useMessenger()
  const current = useStore(({ view }) => (view.name === 'settings' ? view.section : null))
  const desktop = useStore(hasDesktop)
  const { show, leavePage } = store.getState()
  return (
    <SideList
      label={t('title')}
      head={
        <>
          <IconButton label={t('common:back')} onClick={leavePage}>
            <ArrowLeft />
          </IconButton>
          <h2 className={styles.title}>{t('title')}</h2>
        </>
      }
    >
      {(desktop ? groups : groupsOfPage).map(({ title, sections }) => (
        <SideSection key={title} title={t(title)}>
          {sections.map(section => (
            <ListItem
              key={section}
              icon={icons[section]}
              name={t(`sections.${section}`)}
              current={section === current}
              onClick={() => show({ name: 'settings', section })}
            />
          ))}
        </SideSection>
      ))}
    </SideList>
  )
}
