/** The default data folder of a host without a window. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @returns null for a user unknown to the system, as in many containers. */
const homeFolder = (): string | null => {
  try {
    return homedir()
  } catch {
    return null
  }
}

/**
 * @returns the folder by the system's convention; on Linux https://specifications.freedesktop.org/basedir-spec/latest/.
 *   Null without a home folder.
 */
export const defaultDataFolder = (
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = homeFolder(),
): string | null => {
  const inHome = (...path: string[]): string | null => (home === null ? null : join(home, ...path))
  const inData = (data: string | null, ...path: string[]): string | null =>
    data === null ? null : join(data, ...path)
  if (platform === 'win32')
    return inData(environment.LOCALAPPDATA ?? inHome('AppData', 'Local'), 'Stompbox', 'host')
  if (platform === 'darwin') return inHome('Library', 'Application Support', 'Stompbox', 'host')
  const data = environment.XDG_DATA_HOME
  // The specification says that a relative path is ignored.
  return inData(data?.startsWith('/') ? data : inHome('.local', 'share'), 'stompbox', 'host')
}
