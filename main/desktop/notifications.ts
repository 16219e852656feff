/** Decides which messages become notifications, and combines those of one room. */
import type { TFunction } from 'i18next'
import type { AppEvent } from '../../shared/contract/api.ts'
import {
  chatType,
  type ChangedMessage,
  type ConnectionState,
  type Message,
  type MessageId,
  type Room,
  type RoomKey,
  type ServerId,
} from '../../shared/contract/model.ts'
import { plainText } from '../../shared/text/markdown.ts'
import { oneLine } from './one-line.ts'

export interface Notice {
  title: string
  body: string
}

export interface NotificationPorts {
  /** Shows a notification; `onClick` runs on a click. @returns a function that removes it. */
  show: (notice: Notice, onClick: () => void) => () => void
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

const wordsOf = ({ sender, content }: Message): { sender: string; text: string } => ({
  sender: oneLine(sender, 64),
  text: oneLine(plainText(content), longestText),
})

export class Notifications {
  readonly #ports: NotificationPorts
  readonly #pending = new Map<RoomKey, Message[]>()
  readonly #shown = new Map<RoomKey, Shown>()
  /** Functions that remove the notification of a mention, by room and message. */
  readonly #mentions = new Map<RoomKey, Map<MessageId, () => void>>()
  /** Functions that remove the notification of an invitation. */
  readonly #invitations = new Map<RoomKey, () => void>()

  constructor(ports: NotificationPorts) {
    this.#ports = ports
  }

  /** Handles every event of the messenger. */
  see(events: readonly AppEvent[]): void {
    for (const event of events) this.#take(event)
  }

  #take(event: AppEvent): void {
    if (event.name === 'messageStored') this.#takeStored(event.payload)
    else if (event.name === 'roomChanged') this.#takeRoom(event.payload)
    else if (event.name === 'roomRemoved') this.#removeRoom(event.payload.room)
    else if (event.name === 'invitationReceived') this.#announceInvitation(event.payload.room)
  }

  #takeRoom({ key, unread, invitedBy }: Room): void {
    if (unread === 0) this.#takeAway(key)
    if (invitedBy === null) this.#endInvitation(key)
  }

  #removeRoom(room: RoomKey): void {
    this.#takeAway(room)
    this.#endInvitation(room)
  }

  #takeStored({ message, change }: ChangedMessage): void {
    if (change === 'new') this.#takeNew(message)
    else if (change === 'deleted') this.#forget(message)
  }

  #takeNew(message: Message): void {
    if (message.type !== chatType || message.own) return
    const { room: roomOf, connection } = this.#ports
    const room = roomOf(message.room)
    if (!room?.joined || !isRecent(message, connection(room.serverId))) return
    const gathered = this.#pending.get(message.room)
    if (gathered) gathered.push(message)
    else {
      this.#pending.set(message.room, [message])
      setTimeout(() => this.#announce(message.room), gathering)
    }
  }

  /** A message was deleted. */
  #forget({ room, id }: Message): void {
    const left = this.#pending.get(room)?.filter(message => message.id !== id)
    if (left) this.#pending.set(room, left)
    const shown = this.#shown.get(room)
    if (shown?.latest === id) {
      shown.close()
      this.#shown.delete(room)
    }
    const mentions = this.#mentions.get(room)
    mentions?.get(id)?.()
    mentions?.delete(id)
  }

  #announce(key: RoomKey): void {
    const gathered = this.#pending.get(key) ?? []
    this.#pending.delete(key)
    const { room: roomOf, wanted, isWatched } = this.#ports
    const room = roomOf(key)
    if (!room || !wanted() || isWatched(key)) return
    this.#announceOthers(
      room,
      gathered.filter(({ mentionsMe }) => !mentionsMe),
    )
    // History from before the person joined arrives too, and counts as read: only unread messages are announced.
    const naming = gathered.filter(({ mentionsMe }) => mentionsMe)
    for (const message of naming.slice(Math.max(0, naming.length - room.mentions)))
      this.#announceMention(room, message)
  }

  #announceMention(room: Room, message: Message): void {
    const standing = this.#mentions.get(room.key) ?? new Map<MessageId, () => void>()
    this.#mentions.set(room.key, standing)
    const [oldest] = standing
    if (oldest && standing.size >= mostMentions) {
      oldest[1]()
      standing.delete(oldest[0])
    }
    standing.set(message.id, this.#show(room, this.#ports.t('noticeMention', wordsOf(message))))
  }

  /** One notification for all messages without a mention; the next one replaces it and continues its count. */
  #announceOthers(room: Room, gathered: readonly Message[]): void {
    const { t } = this.#ports
    const latest = gathered.at(-1)
    const unread = room.unread - room.mentions
    if (!latest || unread <= 0) return
    const before = this.#shown.get(room.key)
    const count = Math.min(gathered.length + (before?.count ?? 0), unread)
    before?.close()
    const text = wordsOf(latest)
    const body = count === 1 ? t('notice', text) : t('notices', { count, ...text })
    this.#shown.set(room.key, { count, latest: latest.id, close: this.#show(room, body) })
  }

  #announceInvitation(key: RoomKey): void {
    const { room: roomOf, wanted, t } = this.#ports
    const room = roomOf(key)
    if (typeof room?.invitedBy !== 'string' || !wanted()) return
    this.#endInvitation(key)
    const sender = oneLine(room.invitedBy, 64)
    const body = sender === '' ? t('noticeInvitedAway') : t('noticeInvited', { sender })
    this.#invitations.set(key, this.#show(room, body))
  }

  #endInvitation(room: RoomKey): void {
    this.#invitations.get(room)?.()
    this.#invitations.delete(room)
  }

  #show(room: Room, body: string): () => void {
    const { show, openRoom } = this.#ports
    return show({ title: oneLine(room.name, 64), body }, () => {
      this.#takeAway(room.key)
      openRoom(room.key)
    })
  }

  #takeAway(room: RoomKey): void {
    this.#shown.get(room)?.close()
    this.#shown.delete(room)
    for (const close of this.#mentions.get(room)?.values() ?? []) close()
    this.#mentions.delete(room)
  }
}
