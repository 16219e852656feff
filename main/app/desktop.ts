/** Carries out the commands that only the desktop app has. */
import { app, clipboard, nativeTheme, shell, type BrowserWindow } from 'electron'
import type { CommandInput, Handlers } from '../../shared/contract/command.ts'
import type { desktopCommands, Snapshot } from '../../shared/contract/desktop-commands.ts'
import { Failure } from '../../shared/contract/errors.ts'
import type { MessengerState } from '../../shared/contract/messenger-commands.ts'
import type { RoomKey, Settings } from '../../shared/contract/model.ts'
import type { EmbeddedHost } from './embedded-host.ts'
import { given } from './given.ts'
import type { HostWatch } from './host-watch.ts'
import type { NearbySearch } from '../network/nearby.ts'
import type { JsonDocument } from '../files/json-document.ts'
import { outsideAddress } from '../network/outside-address.ts'

export interface DesktopPorts {
  window: BrowserWindow
  messenger: { state(): MessengerState }
  settings: JsonDocument<Settings>
  host: EmbeddedHost
  hostWatch: HostWatch
  nearby: NearbySearch
  desktop: Omit<Snapshot['desktop'], 'platform' | 'version'>
  /** The window takes its snapshot. @returns the sequence number that it stands at. */
  openEvents(): number
  /** Which room is on view. */
  showRoom(room: RoomKey | null): void
  /** Whose messages the window keeps. */
  holdRooms(rooms: readonly RoomKey[]): void
}

type ControlAction = CommandInput<typeof desktopCommands.controlWindow>['action']

const platform = (): Snapshot['desktop']['platform'] =>
  process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'

const control = (window: BrowserWindow): Record<ControlAction, () => void> => ({
  minimize: () => window.minimize(),
  toggleMaximize: () => (window.isMaximized() ? window.unmaximize() : window.maximize()),
  close: () => window.close(),
  quit: () => app.quit(),
})

export const createDesktopCommands = (ports: DesktopPorts): Handlers<typeof desktopCommands> => {
  const { window, messenger, settings, host, hostWatch, nearby } = ports
  const done = Promise.resolve(null)
  return {
    // State and sequence number are read in one go, so that no event falls between them.
    getSnapshot: () => {
      hostWatch.look(false)
      nearby.look(false)
      return Promise.resolve({
        messenger: messenger.state(),
        settings: settings.current(),
        host: host.state(),
        desktop: { platform: platform(), version: app.getVersion(), ...ports.desktop },
        seq: ports.openEvents(),
      })
    },
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
    showRoom: ({ room }) => {
      ports.showRoom(room)
      return done
    },
    holdRooms: ({ rooms }) => {
      ports.holdRooms(rooms)
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
