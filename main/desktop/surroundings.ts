/** Keeps menu, tray, badge and title in step with rooms, host and language. */
import { app, Menu, nativeImage, Tray, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import type { HostState, Room } from '../../shared/contract/model.ts'
import { applicationMenu } from './menu.ts'
import type { Texts } from './texts.ts'
import { trayMenu, type TrayMenuActions } from './tray-menu.ts'
import { countUnread } from './unread.ts'

export interface SurroundingsPorts {
  window: BrowserWindow
  /** Folder of the icons. */
  resources: string
  texts: Texts
  rooms(): Room[]
  host(): HostState
  actions: TrayMenuActions & { perform: (action: WindowAction) => void }
}

export interface Surroundings {
  /** Rooms or host have changed; several changes in quick succession are shown together. */
  refresh(): void
  /** The language has changed. */
  translate(): void
}

/** Milliseconds between updates: each is a call to the desktop, and a busy room changes hundreds of times per second. */
const settled = 100

/** macOS draws a template image in the colour of its menu bar. */
const trayImage = (resources: string, unread: boolean) => {
  if (process.platform !== 'darwin') {
    return nativeImage.createFromPath(join(resources, unread ? 'tray-unread.png' : 'tray.png'))
  }
  const image = nativeImage.createFromPath(join(resources, 'trayTemplate.png'))
  image.setTemplateImage(true)
  return image
}

/** The number on the app's icon: in the dock or launcher, or a dot on the taskbar button. */
const setBadge = (window: BrowserWindow, count: number, description: string, resources: string): void => {
  if (process.platform !== 'win32') app.setBadgeCount(count)
  else {
    const dot = count > 0 ? nativeImage.createFromPath(join(resources, 'badge.png')) : null
    window.setOverlayIcon(dot, description)
  }
}

export const createSurroundings = (ports: SurroundingsPorts): Surroundings => {
  const { window, resources, actions, texts } = ports
  const { t } = texts
  const images = { read: trayImage(resources, false), unread: trayImage(resources, true) }
  const tray = new Tray(images.read)
  tray.on('click', actions.open)
  let pending: NodeJS.Timeout | null = null

  const show = (): void => {
    pending = null
    const unread = countUnread(ports.rooms())
    const description = t('unread', { count: unread.messages })
    tray.setImage(unread.messages > 0 ? images.unread : images.read)
    tray.setToolTip(description)
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(unread, ports.host(), t, actions)))
    if (process.platform === 'darwin') tray.setTitle(unread.messages > 0 ? String(unread.messages) : '')
    if (window.isDestroyed()) return
    setBadge(window, unread.messages, description, resources)
    window.setTitle(unread.messages > 0 ? `(${unread.messages}) Stompbox` : 'Stompbox')
  }
  const translate = (): void => {
    const { platform } = process
    const { perform, quit } = actions
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(applicationMenu({ platform, developing: !app.isPackaged, t, perform, quit })),
    )
    show()
  }
  translate()
  return {
    refresh: () => {
      pending ??= setTimeout(show, settled)
    },
    translate,
  }
}
