/** What a load says, and where it is heard. */
import { clientMessage, LoadConnection } from './load-connection.ts'
import { stampedBody } from './stamp.ts'

/** Characters of what is sent, whatever is wrapped around it. */
const bodyLength = 256

export interface Talk {
  /** Makes ready for topics 0 to `topics - 1`, once for each server. */
  prepare: (port: number, topics: number) => Promise<void>
  /** @returns where the messages of a topic are heard. */
  destinationOf: (topic: number) => string
  /** @returns a message to it that holds the present time. */
  sendFrame: (topic: number) => Buffer
}

const frame = (destination: string, type: string, body: string): Buffer =>
  clientMessage(
    `SEND\ndestination:${destination}\ncontent-type:${type}\ncontent-length:${body.length}\n\n${body}\0`,
  )

const topicOf = (topic: number): string => `/topic/bench-${topic}`

/** Plain fan-out, nothing is kept. */
export const plainTalk: Talk = {
  prepare: () => Promise.resolve(),
  destinationOf: topicOf,
  sendFrame: topic => frame(topicOf(topic), 'text/plain', stampedBody(bodyLength)),
}

const roomOf = (topic: number): string => `bench-${topic}`

/** Chat in rooms: parsed, stamped, on disk before anybody gets it. */
export const roomTalk: Talk = {
  prepare: async (port, topics) => {
    const connection = await LoadConnection.open(port)
    for (let topic = 0; topic < topics; topic++) {
      const roomId = roomOf(topic)
      await connection.request('/app/room/create', JSON.stringify({ name: roomId, roomId }))
    }
    connection.close()
  },
  destinationOf: topic => `/topic/room.${roomOf(topic)}`,
  sendFrame: topic => {
    const around = JSON.stringify({ roomId: roomOf(topic), content: '' }).length
    const content = stampedBody(bodyLength - around)
    return frame('/app/chat/message', 'application/json', JSON.stringify({ roomId: roomOf(topic), content }))
  },
}
