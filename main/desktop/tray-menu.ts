/** The menu of the tray icon. */
import type { TFunction } from 'i18next'
import type { MenuItemConstructorOptions } from 'electron'
import type { HostState, RoomKey } from '../../shared/contract/model.ts'
import { oneLine } from './one-line.ts'
import type { Unread } from './unread.ts'

export interface TrayMenuActions {
  open: () => void
  openRoom: (room: RoomKey) => void
  openHost: () => void
  quit: () => void
}

/** With more rooms, the window is the better list. */
const mostRooms = 8

const hostLabel = (host: HostState, t: TFunction<'desktop'>): string => {
  switch (host.phase) {
    case 'on':
      return t('tray.boxOn', { count: host.people.length })
    case 'starting':
      return t('tray.boxStarting')
    case 'failed':
      return t('tray.boxFailed')
    case 'off':
      return t('tray.boxOff')
  }
}

/** @returns the entries: unread rooms and the state of the host. */
export const trayMenu = (
  unread: Unread,
  host: HostState,
  t: TFunction<'desktop'>,
  actions: TrayMenuActions,
): MenuItemConstructorOptions[] => [
  { id: 'open', label: t('tray.open'), click: () => actions.open() },
  ...(unread.rooms.length > 0 ? [{ type: 'separator' as const }] : []),
  ...unread.rooms.slice(0, mostRooms).map(room => ({
    id: `room:${room.key}`,
    // On Windows and Linux a single & would turn the next letter into a shortcut.
    label: t('tray.room', { name: oneLine(room.name, 40), count: room.unread }).replaceAll('&', '&&'),
    click: () => actions.openRoom(room.key),
  })),
  { type: 'separator' },
  { id: 'host', label: hostLabel(host, t), click: () => actions.openHost() },
  { type: 'separator' },
  { id: 'quit', label: t('tray.quit'), click: () => actions.quit() },
]
