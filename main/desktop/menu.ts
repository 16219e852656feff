/** The application's menu: the menu bar on macOS, elsewhere invisible except for its shortcuts. */
import type { TFunction } from 'i18next'
import type { MenuItemConstructorOptions } from 'electron'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'

export interface MenuOptions {
  platform: NodeJS.Platform
  /** Adds the entries for development. */
  developing: boolean
  t: TFunction<'desktop'>
  /** Runs an entry's action in the window. */
  perform: (action: WindowAction) => void
  quit: () => void
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

export const applicationMenu = ({
  platform,
  developing,
  t,
  perform,
  quit,
}: MenuOptions): MenuItemConstructorOptions[] => {
  const mac = platform === 'darwin'
  const action = (label: string, name: WindowAction, accelerator?: string): MenuItemConstructorOptions => ({
    id: name,
    label,
    // Except on macOS the window handles these keys itself; here they are only displayed.
    ...(accelerator && { accelerator, registerAccelerator: mac }),
    click: () => perform(name),
  })
  const settings = action(t('menu.settings'), 'openSettings', 'CmdOrCtrl+,')
  const quitItem: MenuItemConstructorOptions = {
    id: 'quit',
    label: t('menu.quit'),
    accelerator: 'CmdOrCtrl+Q',
    click: quit,
  }

  const application: MenuItemConstructorOptions = {
    label: 'Stompbox',
    submenu: [
      { role: 'about', label: t('menu.about') },
      separator,
      settings,
      separator,
      { role: 'hide', label: t('menu.hide') },
      { role: 'hideOthers', label: t('menu.hideOthers') },
      { role: 'unhide', label: t('menu.showAll') },
      separator,
      quitItem,
    ],
  }
  const file: MenuItemConstructorOptions = {
    label: t('menu.file'),
    submenu: [
      action(t('menu.newRoom'), 'createRoom', 'CmdOrCtrl+N'),
      action(t('menu.addServer'), 'addServer'),
      action(t('menu.box'), 'openHost'),
      separator,
      ...(mac ? [] : [settings, separator]),
      { role: 'close', label: t('menu.closeWindow'), accelerator: 'CmdOrCtrl+W' },
      ...(mac ? [] : [quitItem]),
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: t('menu.edit'),
    submenu: [
      { role: 'undo', label: t('menu.undo') },
      { role: 'redo', label: t('menu.redo') },
      separator,
      { role: 'cut', label: t('menu.cut') },
      { role: 'copy', label: t('menu.copy') },
      { role: 'paste', label: t('menu.paste') },
      { role: 'pasteAndMatchStyle', label: t('menu.pasteText') },
      { role: 'selectAll', label: t('menu.selectAll') },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: t('menu.view'),
    submenu: [
      { role: 'resetZoom', label: t('menu.actualSize') },
      { role: 'zoomIn', label: t('menu.zoomIn') },
      { role: 'zoomOut', label: t('menu.zoomOut') },
      separator,
      { role: 'togglefullscreen', label: t('menu.fullScreen') },
      ...(developing
        ? ([
            separator,
            { role: 'reload', label: t('menu.reload') },
            { role: 'toggleDevTools', label: t('menu.developerTools') },
          ] satisfies MenuItemConstructorOptions[])
        : []),
    ],
  }
  const go: MenuItemConstructorOptions = {
    label: t('menu.go'),
    submenu: [
      action(t('menu.search'), 'openSearch', 'CmdOrCtrl+K'),
      separator,
      action(t('menu.previousRoom'), 'previousRoom', 'Alt+Up'),
      action(t('menu.nextRoom'), 'nextRoom', 'Alt+Down'),
    ],
  }
  const window: MenuItemConstructorOptions = {
    label: t('menu.window'),
    role: 'windowMenu',
    submenu: [{ role: 'minimize', label: t('menu.minimize') }],
  }
  return [...(mac ? [application] : []), file, edit, view, go, window]
}
