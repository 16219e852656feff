/** The desktop's half of the contract: the commands that only the desktop app has, and what it knows. */
import { app, clipboard, nativeTheme, shell, type BrowserWindow } from 'electron'
import type { DesktopHalf } from '../../shared/bridge/served-window.ts'
import type { CommandInput, Handlers } from '../../shared/contract/command.ts'
import type { desktopCommands, DesktopState } from '../../shared/contract/desktop-commands.ts'
import { Failure } from '../../shared/contract/errors.ts'
import type { Settings } from '../../shared/contract/model.ts'
import type { KeptCache } from '../cache/kept-cache.ts'
import type { EmbeddedHost } from './embedded-host.ts'
import { given } from './given.ts'
import type { HostWatch } from './host-watch.ts'
import type { NearbySearch } from '../network/nearby.ts'
import type { createProfileExport } from './profile-export.ts'
import type { createRoomExport } from './room-export.ts'
import type { Tasks } from './tasks.ts'
import type { RecoveryNotice } from './recovery-notice.ts'
import type { JsonDocument } from '../files/json-document.ts'
import { outsideAddress } from '../network/outside-address.ts'

export interface DesktopPorts {
  window: BrowserWindow
  settings: JsonDocument<Settings>
  host: EmbeddedHost
  hostWatch: HostWatch
  nearby: NearbySearch
  recovery: RecoveryNotice
  tasks: Tasks
  cache: Pick<KeptCache, 'storageUse' | 'compact'>
  exportRoom: ReturnType<typeof createRoomExport>
  exportProfile: ReturnType<typeof createProfileExport>
  facts: Pick<DesktopState, 'systemLanguage' | 'secretsEncrypted'>
  /** The window takes a snapshot; what follows goes to it. */
  opened(): void
}

type ControlAction = CommandInput<typeof desktopCommands.controlWindow>['action']

const platform = (): DesktopState['platform'] =>
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'

const control = (window: BrowserWindow): Record<ControlAction, () => void> => ({
  minimize: () => window.minimize(),
  toggleMaximize: () => (window.isMaximized() ? window.unmaximize() : window.maximize()),
  close: () => window.close(),
  quit: () => app.quit(),
})

export const createDesktopHalf = (ports: DesktopPorts): DesktopHalf => {
  const { window, settings, host, hostWatch, nearby } = ports
  return {
    commands: createCommands(ports),
    state: () => ({
      settings: settings.current(),
      host: host.state,
      platform: platform(),
      version: app.getVersion(),
      ...ports.facts,
      recovery: ports.recovery.current,
      task: ports.tasks.current,
      window: { focused: window.isFocused(), maximized: window.isMaximized() },
    }),
    opened: () => {
      hostWatch.look(false)
      nearby.look(false)
      ports.opened()
    },
  }
}

const createCommands = (ports: DesktopPorts): Handlers<typeof desktopCommands> => {
  const { window, settings, host, hostWatch, nearby, recovery } = ports
  const done = Promise.resolve(null)
  return {
    updateSettings: async change => {
      const changed = await settings.update(given(change))
      nativeTheme.themeSource = changed.theme
      return changed
    },
    startHost: () => host.start(),
    stopHost: () => host.stop().then(() => null),
    updateHost: change => host.update(given(change)),
    watchHost: ({ on }) => {
      hostWatch.look(on)
      return done
    },
    browseNearby: ({ on }) => {
      nearby.look(on)
      return done
    },
    setHostPasscode: ({ passcode }) => host.setPasscode(passcode).then(() => null),
    exportRoom: ports.exportRoom,
    exportProfile: ports.exportProfile,
    getStorage: () => ports.cache.storageUse(),
    freeSpace: () => ports.cache.compact(),
    cancelTask: () => {
      ports.tasks.cancel()
      return done
    },
    showRecovered: () => {
      if (recovery.current) shell.showItemInFolder(recovery.current.aside)
      return done
    },
    dismissRecovery: () => {
      recovery.dismiss()
      return done
    },
    controlWindow: ({ action }) => {
      control(window)[action]()
      return done
    },
    openExternal: async ({ url }) => {
      const address = outsideAddress(url)
      if (!address) throw new Failure('input-invalid', { what: url })
      await shell.openExternal(address)
      return null
    },
    copyText: async ({ text }) => {
      await clipboard.writeText(text)
      return null
    },
  }
}
