import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Keys } from '../ui/marks/Keys.tsx'
import { hasDesktop, isMac } from '../store/surface.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import { AppMenu } from './AppMenu.tsx'
import { WindowControls } from './WindowControls.tsx'
import styles from './TitleBar.module.css'

/** The title bar: menu, search button, window controls. Dragging it moves the window. */
export const TitleBar = ({ search = false }: { search?: boolean }) => {
  const desktop = useStore(hasDesktop)
  const mac = useStore(isMac)
  const framed = desktop && mac
  return (
    <header className={styles.bar}>
      {/* On macOS the traffic lights are here, and the menu is at the top of the screen. */}
      {!framed && <AppMenu className={styles.menu} />}
      {search && <Jump />}
      {desktop && !mac && <WindowControls className={styles.controls} />}
    </header>
  )
}

const Jump = () => {
  const { t } = useTranslation()
  const { store } = useMessenger()
  return (
    <button type="button" className={styles.jump} onClick={() => store.getState().openSearch()}>
      <Search />
      <span className={styles.label}>{t('jump')}</span>
      <Keys of={['mod', 'K']} />
    </button>
  )
}
