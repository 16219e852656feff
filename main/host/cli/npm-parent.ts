/** Ends the host when npm is told to end. */

/** Milliseconds between looks at the parent. */
const interval = 250

/**
 * npm starts a script through a shell, and a SIGTERM to npm ends only that shell: on Debian the script would run on. If
 * npm started this process, calls `gone` once when its parent has ended.
 */
export const whenNpmIsGone = (gone: () => void): void => {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, interval).unref()
}
