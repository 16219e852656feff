/** Where a host without a window keeps its data unless it is told. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @returns null for a user whom the system does not know, as in many containers. */
const homeFolder = (): string | null => {
  try {
    return homedir()
  } catch {
    return null
  }
}

/**
 * @returns the folder after the system's custom; on Linux https://specifications.freedesktop.org/basedir-spec/latest/. Null where there is
 *   no home to have it in.
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
  // The specification says that a relative path is to be ignored.
  return inData(data?.startsWith('/') ? data : inHome('.local', 'share'), 'stompbox', 'host')
}
