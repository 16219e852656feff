import { Hash, LogOut, Menu as MenuIcon, Plus, Search, Settings2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { Mark } from '../ui/marks/Mark.tsx'
import { Menu, type MenuEntry } from '../ui/overlays/Menu.tsx'
import { hasDesktop } from '../store/surface.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'

/** The app's menu, on systems without a menu bar. */
export const AppMenu = ({ className }: { className: string | undefined }) => {
  const { t } = useTranslation(['common', 'rooms', 'servers', 'host', 'settings'])
  const { store } = useMessenger()
  const send = useSend()
  const firstRun = useStore(state => state.view.name === 'first-run')
  const desktop = useStore(hasDesktop)
  const { perform } = store.getState()
  const actions: MenuEntry[] = [
    { label: t('jump'), icon: <Search />, keys: ['mod', 'K'], select: () => perform('openSearch') },
    { label: t('rooms:create'), icon: <Hash />, keys: ['mod', 'N'], select: () => perform('createRoom') },
    { label: t('servers:add'), icon: <Plus />, select: () => perform('addServer') },
    ...(desktop ? [{ label: t('host:title'), icon: <Mark />, select: () => perform('openHost') }] : []),
    {
      label: t('settings:title'),
      icon: <Settings2 />,
      keys: ['mod', ','],
      select: () => perform('openSettings'),
    },
  ]
  const quit: MenuEntry = {
    label: t('quit'),
    icon: <LogOut />,
    keys: ['mod', 'Q'],
    select: () => void send('controlWindow', { action: 'quit' }),
  }
  const entries = firstRun ? [] : actions
  if (desktop) entries.push(...(firstRun ? [quit] : [null, quit]))
  if (entries.length === 0) return null
  return (
    <Menu entries={entries}>
      <IconButton label={t('menu')} size="small" className={className}>
        <MenuIcon />
      </IconButton>
    </Menu>
  )
}
