/** `stompbox:` links from the operating system, kept until the window can ask the person about them. */
import { inviteScheme } from '../../shared/contract/invite.ts'

/** The longest accepted link, in UTF-16 units. Its content is parsed where it is shown. */
const maxLength = 4000

/** @returns the link among the command line arguments, or null. */
export const linkIn = (args: readonly string[]): string | null =>
  args.find(arg => arg.toLowerCase().startsWith(`${inviteScheme}:`) && arg.length <= maxLength) ?? null

export interface Invites {
  /** Takes a link from the operating system or the command line; the latest one counts. */
  take(args: readonly string[]): void
  /** Calls `show` for the waiting link at once, and for each later one. */
  ready(show: (link: string) => void): void
}

export const createInvites = (): Invites => {
  let waiting: string | null = null
  let show: ((link: string) => void) | null = null
  const pass = (): void => {
    if (waiting === null || !show) return
    show(waiting)
    waiting = null
  }
  return {
    take: args => {
      waiting = linkIn(args) ?? waiting
      pass()
    },
    ready: listener => {
      show = listener
      pass()
    },
  }
}
