/** `shell`: hands addresses to the desktop. */
import { spawn } from 'node:child_process'

export const shell = {
  /** Opens an address with the desktop's program for it. Rejects where there is none. */
  openExternal: (url: string): Promise<void> =>
    new Promise((resolve, reject) => {
      spawn('xdg-open', [url], { stdio: 'ignore', detached: true })
        .on('spawn', resolve)
        .on('error', reject)
        .unref()
    }),
}
