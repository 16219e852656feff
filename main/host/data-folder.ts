/** Where a host without a window keeps its data unless it is told. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @returns the folder after the system's custom; on Linux https://specifications.freedesktop.org/basedir-spec/latest/. */
export const defaultDataFolder = (
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string => {
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Stompbox', 'host')
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Stompbox', 'host')
  const data = environment.XDG_DATA_HOME
  // The specification says that a relative path is to be ignored.
  return join(data?.startsWith('/') ? data : join(home, '.local', 'share'), 'stompbox', 'host')
}
