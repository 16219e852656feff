/** @stomp/stompjs against a broker of ours. */
import { Client, StompHeaders, type IMessage } from '@stomp/stompjs'
import { WebSocket } from 'ws'

export const headersOf = (headers: Record<string, string>): StompHeaders =>
  Object.assign(new StompHeaders(), headers)

const connected = new WeakMap<Client, IMessage['headers']>()
/** @returns the headers of the CONNECTED frame. */
export const connectedHeaders = (client: Client): Record<string, string | undefined> =>
  connected.get(client) ?? {}

/** @returns a client that is connected. @throws where the broker answers with an ERROR: its `message`. */
export const connectStompjs = (url: string, connectHeaders: Record<string, string> = {}): Promise<Client> =>
  new Promise((resolve, reject) => {
    const client = new Client()
    client.webSocketFactory = () => new WebSocket(url, ['v12.stomp'])
    client.connectHeaders = headersOf(connectHeaders)
    client.reconnectDelay = 0
    client.onConnect = ({ headers }) => {
      connected.set(client, headers)
      resolve(client)
    }
    client.onStompError = frame => reject(new Error(frame.headers.message))
    client.activate()
  })

/** @returns the messages of a new subscription, once the broker has confirmed it. */
export const subscribeStompjs = (
  client: Client,
  destination: string,
  headers: Record<string, string> = {},
): Promise<IMessage[]> =>
  new Promise(resolve => {
    const messages: IMessage[] = []
    const receipt = `subscribed ${destination}`
    client.watchForReceipt(receipt, () => resolve(messages))
    client.subscribe(destination, message => messages.push(message), headersOf({ receipt, ...headers }))
  })
