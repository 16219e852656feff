/** Finds out whether tray icons are visible: some Linux desktops show none, and a window hidden into the tray would be lost. */
import { execFile } from 'node:child_process'

const watcher = 'org.kde.StatusNotifierWatcher'
const question = [
  'call',
  '--session',
  '--dest=org.freedesktop.DBus',
  '--object-path=/org/freedesktop/DBus',
  '--method=org.freedesktop.DBus.NameHasOwner',
  watcher,
]

/** Asks the session bus. @returns its answer; empty without a bus or a tool to ask it. */
const askSessionBus = (): Promise<string> =>
  new Promise(resolve => {
    execFile('gdbus', question, { timeout: 2000 }, (_error, answer) => resolve(answer))
  })

/**
 * On X11 an icon may still appear in the older tray; Wayland only has the one on the bus.
 * @returns false only where the icon is certain to be invisible.
 */
export const hasTray = async (
  platform = process.platform,
  session = process.env.XDG_SESSION_TYPE,
  ask = askSessionBus,
): Promise<boolean> => platform !== 'linux' || session !== 'wayland' || !(await ask()).includes('false')
