/** Measures the embedded host while its page is shown in a visible window. */
import type { BrowserWindow } from 'electron'

export interface HostWatchPorts {
  /** Starts or stops measuring. */
  measure: (on: boolean) => void
  /** @returns whether the window is visible. */
  isSeen: () => boolean
}

export interface HostWatch {
  /** The host's page is shown or hidden. */
  look: (on: boolean) => void
  /** The window was shown or hidden. */
  refresh: () => void
}

/** @returns the watch for the page of `window`. @param measure as {@link HostWatchPorts.measure}. */
export const watchHostOf = (window: BrowserWindow, measure: HostWatchPorts['measure']): HostWatch => {
  const watch = createHostWatch({ measure, isSeen: () => window.isVisible() && !window.isMinimized() })
  window.on('show', watch.refresh)
  window.on('hide', watch.refresh)
  window.on('minimize', watch.refresh)
  window.on('restore', watch.refresh)
  return watch
}

export const createHostWatch = ({ measure, isSeen }: HostWatchPorts): HostWatch => {
  let looks = false
  let measures = false
  const refresh = (): void => {
    const next = looks && isSeen()
    if (next !== measures) measure(next)
    measures = next
  }
  return {
    look: on => {
      looks = on
      refresh()
    },
    refresh,
  }
}
