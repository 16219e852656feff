/** Measures the embedded host while its page is shown in a visible window. */

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
