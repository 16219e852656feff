/** The messages of a load, and the destinations on which they arrive. */
import { clientMessage, LoadConnection } from './load-connection.ts'
import { stampedBody } from './stamp.ts'

/** Length of the body in characters, without its envelope. */
const bodyLength = 256

export interface Talk {
  /** Prepares topics 0 to `topics - 1`, once for each server. */
  prepare: (port: number, topics: number) => Promise<void>
  /** @returns the destination of a topic's messages. */
  destinationOf: (topic: number) => string
  /** @returns a message to the topic that contains the current time. */
  sendFrame: (topic: number) => Buffer
}

const frame = (destination: string, type: string, body: string): Buffer =>
  clientMessage(
    `SEND\ndestination:${destination}\ncontent-type:${type}\ncontent-length:${body.length}\n\n${body}\0`,
  )

const topicOf = (topic: number): string => `/topic/bench-${topic}`

/** Plain fan-out without a history. */
export const plainTalk: Talk = {
  prepare: () => Promise.resolve(),
  destinationOf: topicOf,
  sendFrame: topic => frame(topicOf(topic), 'text/plain', stampedBody(bodyLength)),
}

const roomOf = (topic: number): string => `bench-${topic}`

/** Chat in rooms: parsed, stamped, and on disk before it is delivered. */
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
