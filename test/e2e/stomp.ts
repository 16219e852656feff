/** A bare STOMP client, as a dozen lines of anybody's program. */
import { Client, StompHeaders } from '@stomp/stompjs'

/** Connects to a broker. Rejects with what the broker says against it. */
export const connectClient = async (brokerURL: string, login: string, passcode = ''): Promise<Client> => {
  const client = new Client()
  client.brokerURL = brokerURL
  client.connectHeaders = Object.assign(new StompHeaders(), { login, passcode })
  client.reconnectDelay = 0
  const connected = new Promise<void>((resolve, reject) => {
    client.onConnect = () => resolve()
    client.onStompError = frame => reject(new Error(frame.headers.message))
    client.onWebSocketError = () => reject(new Error(`${brokerURL} does not answer`))
  })
  client.activate()
  await connected
  return client
}

/** Sends to the chat of a Stompbox host. */
export const publish = (client: Client, message: object): void =>
  client.publish({ destination: '/app/chat/message', body: JSON.stringify(message) })
