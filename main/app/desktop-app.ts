/** The window over the engine, and what stands around it. */
import { join } from 'node:path'
import { app, nativeTheme, powerMonitor, session, type BrowserWindow } from 'electron'
import { ServedWindow } from '../../shared/bridge/served-window.ts'
import type { AppEvent } from '../../shared/contract/api.ts'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import type { Log } from '../../shared/core/ports.ts'
import { sendTo, serve } from '../bridge/ipc.ts'
import type { Invites } from '../desktop/invites.ts'
import { chooseTarget } from '../desktop/choose-file.ts'
import { Notifications } from '../desktop/notifications.ts'
import { showNotice } from '../desktop/show-notice.ts'
import { checkSpelling } from '../desktop/spelling.ts'
import { createSurroundings, type Surroundings } from '../desktop/surroundings.ts'
import type { Texts } from '../desktop/texts.ts'
import { hasTray } from '../desktop/tray-presence.ts'
import { bringUp, openWindow, type OpenWindow } from '../desktop/window.ts'
import { createNearby, type NearbySearch } from '../network/nearby.ts'
import { watchNetwork } from '../network/network-changes.ts'
import { clock } from './clock.ts'
import { createDesktopHalf } from './desktop.ts'
import type { Engine } from './engine.ts'
import { watchHostOf } from './host-watch.ts'
import { createProfileExport, type ProfileExportPorts } from './profile-export.ts'
import { createRoomExport } from './room-export.ts'
import type { ShutdownStep } from './shutdown.ts'
import { Tasks } from './tasks.ts'

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

/** Events after which tray, badge or title may look different. */
const visible = new Set<AppEvent['name']>(['roomChanged', 'roomRemoved', 'serverRemoved', 'hostChanged'])

export class DesktopApp {
  readonly #options: DesktopAppOptions
  readonly #open: OpenWindow
  readonly #served: ServedWindow
  readonly #surroundings: Surroundings
  readonly #nearby: NearbySearch
  readonly #stopWatchingNetwork: () => void

  private constructor(options: DesktopAppOptions, trayThere: boolean) {
    this.#options = options
    nativeTheme.themeSource = options.engine.settings.current().theme
    this.#open = this.#openWindow(trayThere)
    this.#nearby = createNearby({
      changed: payload => this.#served.emit([{ name: 'nearbyChanged', payload }]),
      host: () => options.engine.host.state,
      log: options.log,
    })
    this.#served = this.#serveWindow()
    this.#surroundings = this.#surround()
    const notifications = this.#notify()
    const { engine } = options
    engine.onEvents(this.#served.emit)
    engine.onOutdated(() => this.#served.outdate())
    engine.onEvents(events => notifications.see(events))
    engine.onEvents(this.#follow)
    this.#checkSpelling()
    this.#stopWatchingNetwork = this.#followComputer()
  }

  static async open(options: DesktopAppOptions): Promise<DesktopApp> {
    return new DesktopApp(options, await hasTray())
  }

  /** Tells of an error that no command was waiting for. */
  raise(error: AppError): void {
    this.#served.emit([{ name: 'errorRaised', payload: error }])
  }

  readonly #follow = (events: readonly AppEvent[]): void => {
    if (events.some(({ name }) => visible.has(name))) this.#surroundings.refresh()
    if (events.some(({ name }) => name === 'settingsChanged')) {
      this.#surroundings.translate()
      this.#checkSpelling()
    }
  }

  readonly bringUp = (): void => bringUp(this.#window)

  /** What is to be done before the engine closes. */
  readonly shutdown: ShutdownStep[] = [
    {
      name: 'window',
      run: () => {
        this.#stopWatchingNetwork()
        this.#nearby.look(false)
        // A session of Windows that ends takes the window first.
        if (!this.#window.isDestroyed()) this.#window.hide()
        return this.#open.savePlace()
      },
    },
  ]

  get #window(): BrowserWindow {
    return this.#open.window
  }

  #openWindow(trayThere: boolean): OpenWindow {
    const { page, preload, resources, texts, log, engine } = this.#options
    const { settings, appState } = engine
    return openWindow({
      url: page.url,
      preload,
      icon: join(resources, 'icon.png'),
      appState,
      texts,
      log,
      hidesOnClose: () => process.platform === 'darwin' || (trayThere && settings.current().closeToTray),
      hidden: () => this.#explainTray(),
      quit: () => app.quit(),
      changed: payload => this.#served.emit([{ name: 'windowChanged', payload }]),
    })
  }

  #serveWindow(): ServedWindow {
    const { engine, invites, page, texts, log } = this.#options
    const { messenger, host, settings, recovery, cache, secretsEncrypted } = engine
    const tasks = new Tasks(payload => this.#served.emit([{ name: 'taskChanged', payload }]))
    const served = new ServedWindow({
      messenger,
      desktop: createDesktopHalf({
        window: this.#window,
        settings,
        host,
        hostWatch: watchHostOf(this.#window, on => host.measure(on)),
        nearby: this.#nearby,
        recovery,
        tasks,
        cache,
        exportRoom: createRoomExport({ messenger, cache, tasks, texts, ...this.#exports }),
        exportProfile: createProfileExport({ messenger, ...this.#exports }),
        facts: { systemLanguage: texts.systemLanguage, secretsEncrypted },
        opened: () => invites.ready(this.#showInvite),
      }),
      send: sendTo(this.#window),
      after: clock.after,
      log,
    })
    serve(this.#window, page.origin, served, log)
    return served
  }

  /** Where exports go. */
  get #exports(): Pick<ProfileExportPorts, 'folder' | 'choose'> {
    return {
      folder: app.getPath('downloads'),
      choose: (suggested, ending) =>
        chooseTarget(this.#window, suggested, { name: ending.toUpperCase(), extensions: [ending] }),
    }
  }

  #surround(): Surroundings {
    const { engine, resources, texts } = this.#options
    return createSurroundings({
      window: this.#window,
      resources,
      texts,
      rooms: engine.messenger.rooms,
      host: () => engine.host.state,
      actions: {
        open: this.bringUp,
        openRoom: this.#openRoom,
        openHost: () => this.#perform('openHost'),
        perform: this.#perform,
        quit: () => app.quit(),
      },
    })
  }

  #notify(): Notifications {
    const { messenger, settings } = this.#options.engine
    return new Notifications({
      show: showNotice,
      room: messenger.room,
      connection: messenger.connection,
      wanted: () => settings.current().notifications,
      isWatched: room => this.#window.isVisible() && this.#window.isFocused() && this.#served.shows(room),
      openRoom: this.#openRoom,
      t: this.#options.texts.t,
    })
  }

  /** The computer wakes up, or its network changes: the connections are looked after. @returns what ends the watching of the network. */
  #followComputer(): () => void {
    const { engine, log } = this.#options
    const wake = (): void => engine.messenger.wake()
    powerMonitor.on('resume', wake)
    powerMonitor.on('unlock-screen', wake)
    return watchNetwork(() => {
      log.info('network-changed')
      engine.host.refresh()
      wake()
    })
  }

  readonly #openRoom = (room: RoomKey): void => {
    this.bringUp()
    this.#served.emit([{ name: 'roomRequested', payload: { room } }])
  }

  readonly #perform = (action: WindowAction): void => {
    this.bringUp()
    this.#served.emit([{ name: 'actionRequested', payload: { action } }])
  }

  readonly #showInvite = (link: string): void => {
    this.bringUp()
    this.#served.emit([{ name: 'inviteOpened', payload: { link } }])
  }

  #checkSpelling(): void {
    checkSpelling(session.defaultSession, this.#options.texts.language())
  }

  #explainTray(): void {
    const { engine, texts, log } = this.#options
    const { appState } = engine
    if (process.platform === 'darwin' || appState.current().trayExplained) return
    showNotice({ title: texts.t('tray.stays'), body: texts.t('tray.staysText') }, this.bringUp)
    appState.update({ trayExplained: true }).catch((thrown: unknown) => {
      log.warn('state-not-kept', { detail: String(thrown) })
    })
  }
}
