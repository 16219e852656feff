/** Links of Stompbox's own scheme that the operating system hands over, kept until the window can ask the person about them. */
import { inviteScheme } from '../../shared/contract/invite.ts'

/** Longest link that is taken, in UTF-16 units; what it holds is parsed where it is shown. */
const maxLength = 4000

/** @returns the link among the arguments of a start; null where there is none. */
export const linkIn = (args: readonly string[]): string | null =>
  args.find(arg => arg.toLowerCase().startsWith(`${inviteScheme}:`) && arg.length <= maxLength) ?? null

export interface Invites {
  /** Takes what the operating system was asked to open, or a start was given; the latest counts. */
  take(args: readonly string[]): void
  /** From now on `show` is told of each link; of the one that waits at once. */
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
