/** Decides which messages the operating system announces, and gathers what belongs together. */
import type { TFunction } from 'i18next'
import type { AppEvent } from '../shared/contract/api.ts'
import type { MessengerState } from '../shared/contract/messenger-commands.ts'
import {
  chatType,
  deletedType,
  type Message,
  type MessageId,
  type Room,
  type RoomKey,
} from '../shared/contract/model.ts'
import { oneLine } from './one-line.ts'

export interface Notice {
  title: string
  body: string
}

export interface NotificationPorts {
  /** Shows a notice; `onClick` when the person clicks on it. @returns what takes it away. */
  show(notice: Notice, onClick: () => void): () => void
  state: () => MessengerState
  /** Whether the person wants to be notified. */
  wanted: () => boolean
  /** The room that the person is looking at; null where the window is not in front. */
  watched: () => RoomKey | null
  openRoom: (room: RoomKey) => void
  t: TFunction<'desktop'>
}

/** Milliseconds that a message waits for others of its room. */
const gathering = 250
/** For so many milliseconds after connecting, what comes in may be history, and is judged by its age. */
const catchingUp = 10_000
/** What is older, in milliseconds, is history. */
const recent = 10 * 60_000
const longestText = 200

interface Shown {
  count: number
  /** The message whose text the notice shows. */
  latest: MessageId
  close: () => void
}

/** Whether the message has only now been said. Clocks may differ: once caught up, what comes in is new whatever time it bears. */
const isRecent = (message: Message, { connections }: MessengerState, room: Room): boolean => {
  const connection = connections[room.serverId]
  const live = connection?.phase === 'online' && message.receivedAt - connection.since > catchingUp
  return live || message.receivedAt - message.sentAt < recent
}

/** @returns `see`, which wants to be told every event. */
export const createNotifications = (ports: NotificationPorts): { see(event: AppEvent): void } => {
  const pending = new Map<RoomKey, Message[]>()
  const shown = new Map<RoomKey, Shown>()

  const roomOf = (key: RoomKey): Room | undefined => ports.state().rooms.find(room => room.key === key)

  const takeAway = (room: RoomKey): void => {
    shown.get(room)?.close()
    shown.delete(room)
  }

  const announce = (key: RoomKey): void => {
    const gathered = pending.get(key) ?? []
    pending.delete(key)
    const room = roomOf(key)
    const latest = gathered.at(-1)
    if (!latest || !room || room.unread === 0 || !ports.wanted() || ports.watched() === key) return
    // What was said before the person came to the room comes in as well, and is read.
    const count = Math.min(gathered.length + (shown.get(key)?.count ?? 0), room.unread)
    takeAway(key)
    const { sender, content } = latest
    const text = { sender: oneLine(sender, 64), text: oneLine(content, longestText) }
    const body = count === 1 ? ports.t('notice', text) : ports.t('notices', { count, ...text })
    const close = ports.show({ title: oneLine(room.name, 64), body }, () => {
      takeAway(key)
      ports.openRoom(key)
    })
    shown.set(key, { count, latest: latest.id, close })
  }

  const take = (message: Message): void => {
    if (message.type !== chatType || message.own) return
    const room = roomOf(message.room)
    if (!room?.joined || !isRecent(message, ports.state(), room)) return
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
    if (shown.get(room)?.latest === id) takeAway(room)
  }

  return {
    see: event => {
      if (event.name === 'messageStored') {
        if (event.payload.type === deletedType) forget(event.payload)
        else take(event.payload)
      } else if (event.name === 'roomChanged' && event.payload.unread === 0) takeAway(event.payload.key)
      else if (event.name === 'roomRemoved') takeAway(event.payload.room)
    },
  }
}
