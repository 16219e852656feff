/** What stands in the message list, line by line: days, the mark of what is new, messages, comings and goings. */
import { chatType, shownAt, type Message, type MessageId } from '../../../shared/contract/model.ts'
import { missingTextOf } from './missing-text.ts'

/** Messages of one sender within this time (ms) stand under one name. */
const groupSpan = 5 * 60_000

export type Row =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'new'; key: 'new' }
  /** `leads` is true where the row shows the sender's face and name. */
  | { kind: 'message'; key: MessageId; message: Message; leads: boolean }
  /** Consecutive comings, or goings, on one line. */
  | { kind: 'presence'; key: MessageId; type: PresenceType; names: string[]; at: number }

const presenceTypes = ['JOIN', 'LEAVE'] as const
export type PresenceType = (typeof presenceTypes)[number]

const presenceTypeOf = (message: Message): PresenceType | undefined =>
  presenceTypes.find(type => type === message.type)

/** @returns the local day of `at` (ms since the epoch), as a key: `2026-11-22`. */
export const dayKey = (at: number): string => {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
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
  let day = ''
  let lineDue = readUpTo === null && !hasEarlier
  for (const message of messages) {
    const presence = presenceTypeOf(message)
    const isChat = message.type === chatType
    if (presence ?? (isChat || missingTextOf(message.type))) {
      const at = shownAt(message)
      if (dayKey(at) !== day) {
        day = dayKey(at)
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
      if (!presence) {
        const leads =
          last?.kind !== 'message' ||
          !isSameSender(last.message, message) ||
          Math.abs(at - shownAt(last.message)) > groupSpan
        rows.push({ kind: 'message', key: message.id, message, leads })
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

/** @returns about how high a row will be, in px: good enough for the scroll bar until it is measured. */
export const estimateHeight = (row: Row | undefined): number => {
  if (row?.kind !== 'message') return 38
  const lines = Math.ceil((row.message.content.length * 9.5) / 704) || 1
  return lines * 22 + (row.leads ? 36 : 2)
}
