/** Recognises the own messages that a foreign server sends back without the id they went out with. */
import type { MessageId, RoomKey } from '../contract/model.ts'
import type { ArrivedMessage } from './ports.ts'

/** Messages of a room that may be missing their echo; a server that never echoes must not fill the memory. */
const longest = 64

interface Sent {
  id: MessageId
  content: string
}

export interface Echoes {
  /** A message went out. */
  sent(message: { room: RoomKey; id: MessageId; content: string }): void
  /** @returns the message, under its own id where it is what somebody called `name` has sent from here. */
  recognise(arrived: ArrivedMessage, name: string): ArrivedMessage
}

export const createEchoes = (): Echoes => {
  const rooms = new Map<RoomKey, Sent[]>()

  return {
    sent({ room, id, content }) {
      const others = (rooms.get(room) ?? []).filter(each => each.id !== id)
      rooms.set(room, [...others, { id, content }].slice(-longest))
    },
    recognise(arrived, name) {
      const sent = rooms.get(arrived.room) ?? []
      const fromHere = arrived.sender === '' || arrived.sender === name
      const echoed =
        sent.find(each => each.id === arrived.id) ??
        (fromHere ? sent.find(each => each.content === arrived.content) : undefined)
      if (!echoed) return arrived
      rooms.set(
        arrived.room,
        sent.filter(each => each !== echoed),
      )
      return { ...arrived, id: echoed.id, own: true, mentionsMe: false }
    },
  }
}
