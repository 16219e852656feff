/** The window over the engine, and what stands around it. */
import { join } from 'node:path'
import { app, nativeTheme, powerMonitor, session } from 'electron'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import type { AppEvent } from '../../shared/contract/api.ts'
import type { Log } from '../../shared/core/ports.ts'
import { createDesktopCommands } from './desktop.ts'
import type { Engine } from './engine.ts'
import { createHostWatch } from './host-watch.ts'
import type { Invites } from '../desktop/invites.ts'
import { createNearby } from '../network/nearby.ts'
import { answerCommands, sendEvents } from '../bridge/ipc.ts'
import { watchNetwork } from '../network/network-changes.ts'
import { createNotifications } from '../desktop/notifications.ts'
import { showNotice } from '../desktop/show-notice.ts'
import type { ShutdownStep } from './shutdown.ts'
import { checkSpelling } from '../desktop/spelling.ts'
import { createSurroundings } from '../desktop/surroundings.ts'
import type { Texts } from '../desktop/texts.ts'
import { hasTray } from '../desktop/tray-presence.ts'
import { bringUp, openWindow } from '../desktop/window.ts'

export interface DesktopAppOptions {
  engine: Engine
  invites: Invites
  texts: Texts
  log: Log
  /** Address of the window's page, and the origin that its commands have to come from. */
  page: { url: string; origin: string }
  preload: string
  /** Folder of the icons. */
  resources: string
}

export interface DesktopApp {
  /** Takes what the engine tells. */
  see: (events: readonly AppEvent[]) => void
  bringUp: () => void
  /** What is to be done before the engine closes. */
  shutdown: ShutdownStep[]
}

export const openDesktopApp = async (options: DesktopAppOptions): Promise<DesktopApp> => {
  const { engine, invites, texts, log, page, preload, resources } = options
  const { settings, appState, messenger, host } = engine
  /** The room that the window shows; it may be hidden behind others. */
  let shownRoom: RoomKey | null = null
  const trayThere = await hasTray()

  const explainTray = (): void => {
    if (process.platform === 'darwin' || appState.current().trayExplained) return
    showNotice({ title: texts.t('tray.stays'), body: texts.t('tray.staysText') }, () => bringUp(window))
    appState.update({ trayExplained: true }).catch((thrown: unknown) => {
      log.warn('state-not-kept', { detail: String(thrown) })
    })
  }

  nativeTheme.themeSource = settings.current().theme
  const { window, savePlace, tell } = openWindow({
    url: page.url,
    preload,
    icon: join(resources, 'icon.png'),
    appState,
    texts,
    log,
    hidesOnClose: () => process.platform === 'darwin' || (trayThere && settings.current().closeToTray),
    hidden: explainTray,
    quit: () => app.quit(),
    changed: payload => see([{ name: 'windowChanged', payload }]),
  })
  const events = sendEvents(window)

  const openRoom = (room: RoomKey): void => {
    bringUp(window)
    events.emit([{ name: 'roomRequested', payload: { room } }])
  }
  const perform = (action: WindowAction): void => {
    bringUp(window)
    events.emit([{ name: 'actionRequested', payload: { action } }])
  }
  const surroundings = createSurroundings({
    window,
    resources,
    texts,
    rooms: messenger.rooms,
    host: host.state,
    actions: {
      open: () => bringUp(window),
      openRoom,
      openHost: () => perform('openHost'),
      perform,
      quit: () => app.quit(),
    },
  })
  const notifications = createNotifications({
    show: showNotice,
    room: messenger.room,
    connection: messenger.connection,
    wanted: () => settings.current().notifications,
    watched: () => (window.isVisible() && window.isFocused() ? shownRoom : null),
    openRoom,
    t: texts.t,
  })

  /** Events after which tray, badge or title may look different. */
  const visible = new Set<AppEvent['name']>(['roomChanged', 'roomRemoved', 'serverRemoved', 'hostChanged'])
  const see = (happened: readonly AppEvent[]): void => {
    events.emit(happened)
    notifications.see(happened)
    if (happened.some(({ name }) => visible.has(name))) surroundings.refresh()
    if (happened.some(({ name }) => name === 'settingsChanged')) {
      surroundings.translate()
      checkSpelling(session.defaultSession, texts.language())
    }
  }

  const showInvite = (link: string): void => {
    bringUp(window)
    events.emit([{ name: 'inviteOpened', payload: { link } }])
  }
  const nearby = createNearby({
    changed: payload => events.emit([{ name: 'nearbyChanged', payload }]),
    host: host.state,
    log,
  })
  const hostWatch = createHostWatch({
    measure: on => host.measure(on),
    isSeen: () => window.isVisible() && !window.isMinimized(),
  })
  window.on('show', hostWatch.refresh)
  window.on('hide', hostWatch.refresh)
  window.on('minimize', hostWatch.refresh)
  window.on('restore', hostWatch.refresh)
  const desktopCommands = createDesktopCommands({
    window,
    messenger,
    settings,
    host,
    hostWatch,
    nearby,
    desktop: { systemLanguage: texts.systemLanguage, secretsEncrypted: engine.secretsEncrypted },
    openEvents: () => {
      const seq = events.open()
      tell()
      invites.ready(showInvite)
      return seq
    },
    showRoom: room => {
      shownRoom = room
      events.feed.show(room)
    },
    holdRooms: events.feed.hold,
  })
  answerCommands(window, page.origin, { ...messenger.commands, ...desktopCommands }, log)
  checkSpelling(session.defaultSession, texts.language())

  const wake = (): void => messenger.wake()
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
  const stopWatching = watchNetwork(() => {
    log.info('network-changed')
    host.refresh()
    messenger.wake()
  })

  return {
    see,
    bringUp: () => bringUp(window),
    shutdown: [
      {
        name: 'window',
        run: () => {
          stopWatching()
          nearby.look(false)
          // A session of Windows that ends takes the window first.
          if (!window.isDestroyed()) window.hide()
          return savePlace()
        },
      },
    ],
  }
}
