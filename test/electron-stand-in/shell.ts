/** `shell`: hands addresses to the desktop. */
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'

/** Opens an address or a folder with the desktop's program for it. Rejects if there is none. */
const open = (target: string): Promise<void> =>
  new Promise((resolve, reject) => {
    spawn('xdg-open', [target], { stdio: 'ignore', detached: true })
      .on('spawn', resolve)
      .on('error', reject)
      .unref()
  })

export const shell = {
  openExternal: (url: string): Promise<void> => open(url),
  showItemInFolder(path: string): void {
    open(dirname(path)).catch((error: unknown) =>
      process.stderr.write(`Electron stand-in: ${String(error)}\n`),
    )
  },
}
