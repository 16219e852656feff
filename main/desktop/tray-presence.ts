/** Whether a tray icon can be seen: some Linux desktops show none, and a window that hides into it would be lost. */
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

/** Asks the session bus. @returns its answer; empty where there is no bus or nobody to ask it by. */
const askSessionBus = (): Promise<string> =>
  new Promise(resolve => {
    execFile('gdbus', question, { timeout: 2000 }, (_error, answer) => resolve(answer))
  })

/**
 * On X11 an icon may still go into the older tray; on Wayland there is only the one on the bus.
 * @returns false only where it is known that no icon will be seen.
 */
export const hasTray = async (
  platform = process.platform,
  session = process.env.XDG_SESSION_TYPE,
  ask = askSessionBus,
): Promise<boolean> => platform !== 'linux' || session !== 'wayland' || !(await ask()).includes('false')
