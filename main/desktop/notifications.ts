/** Decides which messages become notifications, and combines those of one room. */
import type { TFunction } from 'i18next'
import type { AppEvent } from '../../shared/contract/api.ts'
import {
  chatType,
  type ChangedMessage,
  type ConnectionState,
  type Invitation,
  type Message,
  type MessageId,
  type Room,
  type RoomKey,
  type ServerId,
} from '../../shared/contract/model.ts'
import { oneLine } from './one-line.ts'

export interface Notice {
  title: string
  body: string
}

export interface NotificationPorts {
  /** Shows a notification; `onClick` runs on a click. @returns a function that removes it. */
  show(notice: Notice, onClick: () => void): () => void
  room: (key: RoomKey) => Room | undefined
  connection: (serverId: ServerId) => ConnectionState
  /** Whether the person wants to be notified. */
  wanted: () => boolean
  /** Whether the person is looking at the room: it is on the screen, in a window in the foreground. */
  isWatched: (room: RoomKey) => boolean
  openRoom: (room: RoomKey) => void
  t: TFunction<'desktop'>
}

/** Milliseconds that a message waits for others of its room, to be combined with them. */
const gathering = 250
/** Milliseconds after connecting during which messages may be history, and are judged by their age. */
const catchingUp = 10_000
/** Age beyond which a message is history. Milliseconds. */
const recent = 10 * 60_000
const longestText = 200
/** The most notifications of mentions shown for one room; a further one replaces the oldest. */
const mostMentions = 20

interface Shown {
  count: number
  /** The message shown in the notification. */
  latest: MessageId
  close: () => void
}

/** Whether the message is new. Clocks may differ: after catching up, every incoming message is new, whatever its time. */
const isRecent = (message: Message, connection: ConnectionState): boolean => {
  const live = connection.phase === 'online' && message.receivedAt - connection.since > catchingUp
  return live || message.receivedAt - message.sentAt < recent
}

export interface Notifications {
  /** Handles every event of the messenger. */
  see: (events: readonly AppEvent[]) => void
}

export const createNotifications = (ports: NotificationPorts): Notifications => {
  const pending = new Map<RoomKey, Message[]>()
  const shown = new Map<RoomKey, Shown>()
  /** Functions that remove the notification of a mention, by room and message. */
  const mentions = new Map<RoomKey, Map<MessageId, () => void>>()
  /** Functions that remove the notification of an invitation. */
  const invitations = new Map<RoomKey, () => void>()

  const takeAway = (room: RoomKey): void => {
    shown.get(room)?.close()
    shown.delete(room)
    for (const close of mentions.get(room)?.values() ?? []) close()
    mentions.delete(room)
  }
  const show = (room: Room, body: string): (() => void) =>
    ports.show({ title: oneLine(room.name, 64), body }, () => {
      takeAway(room.key)
      ports.openRoom(room.key)
    })
  const wordsOf = ({ sender, content }: Message): { sender: string; text: string } => ({
    sender: oneLine(sender, 64),
    text: oneLine(content, longestText),
  })

  const announceMention = (room: Room, message: Message): void => {
    const standing = mentions.get(room.key) ?? new Map<MessageId, () => void>()
    mentions.set(room.key, standing)
    const [oldest] = standing
    if (oldest && standing.size >= mostMentions) {
      oldest[1]()
      standing.delete(oldest[0])
    }
    standing.set(message.id, show(room, ports.t('noticeMention', wordsOf(message))))
  }
  /** One notification for all messages without a mention; the next one replaces it and continues its count. */
  const announceOthers = (room: Room, gathered: readonly Message[]): void => {
    const latest = gathered.at(-1)
    const unread = room.unread - room.mentions
    if (!latest || unread <= 0) return
    const before = shown.get(room.key)
    const count = Math.min(gathered.length + (before?.count ?? 0), unread)
    before?.close()
    const text = wordsOf(latest)
    const body = count === 1 ? ports.t('notice', text) : ports.t('notices', { count, ...text })
    shown.set(room.key, { count, latest: latest.id, close: show(room, body) })
  }

  const announce = (key: RoomKey): void => {
    const gathered = pending.get(key) ?? []
    pending.delete(key)
    const room = ports.room(key)
    if (!room || !ports.wanted() || ports.isWatched(key)) return
    announceOthers(
      room,
      gathered.filter(({ mentionsMe }) => !mentionsMe),
    )
    // History from before the person joined arrives too, and counts as read: only unread messages are announced.
    const naming = gathered.filter(({ mentionsMe }) => mentionsMe)
    for (const message of naming.slice(Math.max(0, naming.length - room.mentions)))
      announceMention(room, message)
  }

  const announceInvitations = (open: readonly Invitation[]): void => {
    for (const [key, close] of invitations) {
      if (open.some(({ room }) => room === key)) continue
      close()
      invitations.delete(key)
    }
    for (const { room: key, by } of open) {
      const room = ports.room(key)
      if (!room || invitations.has(key) || !ports.wanted()) continue
      const body =
        by === null ? ports.t('noticeInvitedAway') : ports.t('noticeInvited', { sender: oneLine(by, 64) })
      invitations.set(key, show(room, body))
    }
  }

  const takeNew = (message: Message): void => {
    if (message.type !== chatType || message.own) return
    const room = ports.room(message.room)
    if (!room?.joined || !isRecent(message, ports.connection(room.serverId))) return
    const gathered = pending.get(message.room)
    if (gathered) gathered.push(message)
    else {
      pending.set(message.room, [message])
      setTimeout(announce, gathering, message.room)
    }
  }

  /** A message was deleted. */
  const forget = ({ room, id }: Message): void => {
    const left = pending.get(room)?.filter(message => message.id !== id)
    if (left) pending.set(room, left)
    if (shown.get(room)?.latest === id) {
      shown.get(room)?.close()
      shown.delete(room)
    }
    mentions.get(room)?.get(id)?.()
    mentions.get(room)?.delete(id)
  }

  const takeStored = ({ message, change }: ChangedMessage): void => {
    if (change === 'new') takeNew(message)
    else if (change === 'deleted') forget(message)
  }
  const take = (event: AppEvent): void => {
    if (event.name === 'messageStored') takeStored(event.payload)
    else if (event.name === 'roomChanged' && event.payload.unread === 0) takeAway(event.payload.key)
    else if (event.name === 'roomRemoved') takeAway(event.payload.room)
    else if (event.name === 'invitationsChanged') announceInvitations(event.payload)
  }
  return { see: events => events.forEach(take) }
}
