/** ERROR frames that do not say which frame they refuse, and that may or may not be the server's last word. */
import type { AppError } from '../../contract/errors.ts'
import type { Clock } from '../ports.ts'

/** Milliseconds after which an ERROR has not ended the session, although STOMP has servers close after it. */
export const errorDeadline = 2000

/** Receipt ids of frames that have no answer. */
export interface Unanswered {
  has(receiptId: string): boolean
  /** @returns whether it had no answer. */
  refuse(receiptId: string, error: AppError): boolean
}

interface UnnamedError {
  error: AppError
  /** Receipt ids of the frames that may be meant, oldest first. */
  suspects: readonly string[]
  /** What it comes to where the session goes on and no frame is refused. */
  tell: (error: AppError) => void
  /** The destination that it refuses a subscription to, where that is known. */
  destination?: string
}

export interface UnnamedErrors {
  add(error: UnnamedError): void
  /** Another frame has come, so the server goes on. @param answered whether it was a RECEIPT. */
  heard(answered: boolean): void
  /** The session is over, and refuses nothing. @returns the error that it ended with; null where there was none. */
  end(): UnnamedError | null
}

/**
 * Where the server goes on, an ERROR refuses the one frame that stays without an answer: the others of that moment get their RECEIPT, be it
 * after the ERROR (RabbitMQ confirms messages late). Where it closes, the ERROR is about the connection, and refuses nothing.
 */
export const createUnnamedErrors = (clock: Clock, unanswered: Unanswered): UnnamedErrors => {
  let open: (UnnamedError & { cancel: () => void })[] = []

  const suspectsOf = ({ suspects }: UnnamedError): string[] => suspects.filter(id => unanswered.has(id))

  const close = (entry: (typeof open)[number]): void => {
    open = open.filter(each => each !== entry)
    entry.cancel()
    const [oldest] = suspectsOf(entry)
    if (oldest === undefined || !unanswered.refuse(oldest, entry.error)) entry.tell(entry.error)
  }

  return {
    add(error) {
      const entry = { ...error, cancel: clock.after(errorDeadline, () => close(entry)) }
      open.push(entry)
    },
    heard(answered) {
      const left = new Set(open.flatMap(suspectsOf))
      const isDecided = answered && left.size <= open.length
      for (const entry of open) if (isDecided || suspectsOf(entry).length === 0) close(entry)
    },
    end() {
      for (const { cancel } of open) cancel()
      const last = open.at(-1) ?? null
      open = []
      return last
    },
  }
}
