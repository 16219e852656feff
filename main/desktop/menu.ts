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

type Items = MenuItemConstructorOptions[]
type Translate = MenuOptions['t']

/** Makes an entry that runs an action in the window. */
type Action = (label: string, name: WindowAction, accelerator?: string) => MenuItemConstructorOptions

const macApplication = (t: Translate, settings: Items[number], quit: Items[number]): Items => [
  { role: 'about', label: t('menu.about') },
  separator,
  settings,
  separator,
  { role: 'hide', label: t('menu.hide') },
  { role: 'hideOthers', label: t('menu.hideOthers') },
  { role: 'unhide', label: t('menu.showAll') },
  separator,
  quit,
]

const file = (t: Translate, action: Action, settings: Items, quit: Items): Items => [
  action(t('menu.newRoom'), 'createRoom', 'CmdOrCtrl+N'),
  action(t('menu.addServer'), 'addServer'),
  action(t('menu.box'), 'openHost'),
  separator,
  ...settings,
  { role: 'close', label: t('menu.closeWindow'), accelerator: 'CmdOrCtrl+W' },
  ...quit,
]

const edit = (t: Translate): Items => [
  { role: 'undo', label: t('menu.undo') },
  { role: 'redo', label: t('menu.redo') },
  separator,
  { role: 'cut', label: t('menu.cut') },
  { role: 'copy', label: t('menu.copy') },
  { role: 'paste', label: t('menu.paste') },
  { role: 'pasteAndMatchStyle', label: t('menu.pasteText') },
  { role: 'selectAll', label: t('menu.selectAll') },
]

const developerTools = (t: Translate): Items => [
  separator,
  { role: 'reload', label: t('menu.reload') },
  { role: 'toggleDevTools', label: t('menu.developerTools') },
]

const view = (t: Translate, developing: boolean): Items => [
  { role: 'resetZoom', label: t('menu.actualSize') },
  { role: 'zoomIn', label: t('menu.zoomIn') },
  { role: 'zoomOut', label: t('menu.zoomOut') },
  separator,
  { role: 'togglefullscreen', label: t('menu.fullScreen') },
  ...(developing ? developerTools(t) : []),
]

const go = (t: Translate, action: Action): Items => [
  action(t('menu.search'), 'openSearch', 'CmdOrCtrl+K'),
  separator,
  action(t('menu.previousRoom'), 'previousRoom', 'Alt+Up'),
  action(t('menu.nextRoom'), 'nextRoom', 'Alt+Down'),
]

/** @returns the menus from left to right. */
export const applicationMenu = ({ platform, developing, t, perform, quit }: MenuOptions): Items => {
  const mac = platform === 'darwin'
  const action: Action = (label, name, accelerator) => ({
    id: name,
    label,
    // Except on macOS the window handles these keys itself; here they are only displayed.
    ...(accelerator && { accelerator, registerAccelerator: mac }),
    click: () => perform(name),
  })
  const settings = action(t('menu.settings'), 'openSettings', 'CmdOrCtrl+,')
  const quitItem = { id: 'quit', label: t('menu.quit'), accelerator: 'CmdOrCtrl+Q', click: quit }

  return [
    ...(mac ? [{ label: 'Stompbox', submenu: macApplication(t, settings, quitItem) }] : []),
    {
      label: t('menu.file'),
      submenu: file(t, action, mac ? [] : [settings, separator], mac ? [] : [quitItem]),
    },
    { label: t('menu.edit'), submenu: edit(t) },
    { label: t('menu.view'), submenu: view(t, developing) },
    { label: t('menu.go'), submenu: go(t, action) },
    {
      label: t('menu.window'),
      role: 'windowMenu',
      submenu: [{ role: 'minimize', label: t('menu.minimize') }],
    },
  ]
}
