/** The rows of the message list: days, the line above new messages, messages, and people who join or leave. */
import {
  chatType,
  deletedType,
  lineType,
  laterTypes,
  offlineType,
  shownAt,
  unreadableType,
  type Message,
  type MessageId,
} from '../../../shared/contract/model.ts'

/** Messages of one sender within this time (ms) stand under one name. */
const groupSpan = 5 * 60_000

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: 'new' }
  /** `leads` is true if the row shows the sender's face and name. */
  | { kind: 'message'; key: MessageId; message: Message; leads: boolean }
  /** Consecutive comings, or goings, on one line. */
  | { kind: 'presence'; key: MessageId; type: PresenceType; names: string[]; at: number }
  /** A quiet line of the server's own. */
  | { kind: 'line'; key: MessageId; message: Message }
  /** The person was offline, and messages may be missing; several times without a message between them are one. */
  | { kind: 'offline'; key: MessageId; from: number; until: number }

const presenceTypes = ['JOIN', 'LEAVE'] as const
export type PresenceType = (typeof presenceTypes)[number]

const presenceTypeOf = (message: Message): PresenceType | undefined =>
  presenceTypes.find(type => type === message.type)

type MissingReason = 'deleted' | 'unreadable' | 'later'

const reasons: ReadonlyMap<string, MissingReason> = new Map([
  [deletedType, 'deleted'],
  [unreadableType, 'unreadable'],
  ...laterTypes.map(type => [type, 'later'] as const),
])

/** @returns why a message of this type appears in the list without a text; undefined for every other type. */
export const missingTextOf = (type: string): MissingReason | undefined => reasons.get(type)

/** @returns whether the person has to decide about an own message: the server refused it, or has not confirmed it in time. */
export const isUnsettled = ({ delivery, failure }: Pick<Message, 'delivery' | 'failure'>): boolean =>
  delivery === 'failed' || (delivery === 'sent' && failure !== null)

/** @returns the local day of `at` (ms since the epoch), as a key: `2026-11-22`. */
export const dayKey = (at: number): string => {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** @returns {@link dayKey}, but for times that mostly follow one another: it looks at the calendar once a day. */
const createDayKeys = (): typeof dayKey => {
  let day = { start: 0, end: 0, key: '' }
  return at => {
    if (at < day.start || at >= day.end) {
      const start = new Date(at).setHours(0, 0, 0, 0)
      day = { start, end: new Date(start).setDate(new Date(start).getDate() + 1), key: dayKey(at) }
    }
    return day.key
  }
}

/** Whether a message of this type has a row. */
export const isShown = (message: Message): boolean =>
  message.type === chatType ||
  message.type === lineType ||
  presenceTypeOf(message) !== undefined ||
  message.type === offlineType ||
  missingTextOf(message.type) !== undefined

/** The rows of messages that were built last, so that a row stays the same object, and is not rendered again, as long as nothing changes. */
const builtRows = new WeakMap<Message, Row & { kind: 'message' }>()

const messageRow = (message: Message, leads: boolean): Row => {
  const built = builtRows.get(message)
  if (built?.leads === leads) return built
  const row = { kind: 'message', key: message.id, message, leads } as const
  builtRows.set(message, row)
  return row
}

/** Own messages that were written before the first connection have no `senderId` yet. */
const isSameSender = (a: Message, b: Message): boolean =>
  a.own === b.own && a.sender === b.sender && (a.own || a.senderId === b.senderId)

interface Context {
  /**
   * The newest message that was seen: the line stands before the next one of somebody else. `null` is before the first message there
   * is, `undefined` nowhere.
   */
  readUpTo: MessageId | null | undefined
  /** Whether there are messages before these. */
  hasEarlier: boolean
}

/**
 * @param messages in order; types that Stompbox does not know are left out.
 * @returns the rows. Where earlier messages are not loaded, the first one is not shown: it only tells how the second stands, so that no
 * row changes, or moves, when the earlier ones come.
 */
export const buildRows = (
  messages: readonly Message[],
  { readUpTo, hasEarlier }: Context,
): readonly Row[] => {
  const rows: Row[] = []
  const days = new Set<string>()
  const dayOf = createDayKeys()
  let day = ''
  let lineDue = readUpTo === null && !hasEarlier
  for (const message of messages) {
    const presence = presenceTypeOf(message)
    const isChat = message.type === chatType
    if (isShown(message)) {
      const at = shownAt(message)
      if (dayOf(at) !== day) {
        day = dayOf(at)
        // A clock that was set back comes to the same day twice.
        const key = days.has(day) ? `day:${day}:${message.id}` : `day:${day}`
        days.add(day)
        rows.push({ kind: 'day', key, at })
      }
      if (lineDue && !message.own && isChat) {
        rows.push({ kind: 'new', key: 'new' })
        lineDue = false
      }
      const last = rows.at(-1)
      if (message.type === lineType) {
        rows.push({ kind: 'line', key: message.id, message })
      } else if (message.type === offlineType) {
        if (last?.kind === 'offline') last.until = message.receivedAt
        else rows.push({ kind: 'offline', key: message.id, from: message.sentAt, until: message.receivedAt })
      } else if (!presence) {
        const leads =
          last?.kind !== 'message' ||
          !isSameSender(last.message, message) ||
          Math.abs(at - shownAt(last.message)) > groupSpan
        rows.push(messageRow(message, leads))
      } else if (last?.kind === 'presence' && last.type === presence) {
        if (!last.names.includes(message.sender)) last.names.push(message.sender)
      } else {
        rows.push({
          kind: 'presence',
          key: message.id,
          type: presence,
          names: [message.sender],
          at,
        })
      }
    }
    if (message.id === readUpTo) lineDue = true
  }
  if (!hasEarlier) return rows
  const seam = rows.findIndex(row => row.kind === 'message')
  return seam < 0 ? [] : rows.slice(seam + 1)
}
