/** Has the embedded host measured as long as somebody looks at its page and can see it. */

export interface HostWatchPorts {
  /** Begins or ends the measuring. */
  measure: (on: boolean) => void
  /** @returns whether the window can be seen. */
  isSeen: () => boolean
}

export interface HostWatch {
  /** The page of the host is shown, or not any more. */
  look: (on: boolean) => void
  /** The window has come or gone. */
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
