/** A host that really listens, for one test, and people who talk to it. */
import type { Client, IMessage } from '@stomp/stompjs'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { openHost } from '../../../main/host/host.ts'
import type { StoredRoom } from '../../../main/host/ports/directory.ts'
import type { HostOptions, LocalHost } from '../../../main/host/ports/options.ts'
import { silentLog } from '../broker/log.ts'
import { connectedHeaders, connectStompjs, headersOf, subscribeStompjs } from '../broker/stompjs.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The code of the thread that writes a host's log. */
export const logWorker = new URL('../../../main/host/history/worker.ts', import.meta.url)

/** @returns options of a host on a free port of loopback, in a folder of its own. */
export const hostOptions = (options: Partial<HostOptions> = {}): HostOptions => ({
  bind: '127.0.0.1',
  port: 0,
  dataDir: options.dataDir ?? temporaryFolder(),
  logWorker: logWorker.href,
  passcode: null,
  name: '지우의 상자',
  version: '1.2.3',
  log: silentLog,
  ...options,
})

/** @returns a public room as the table has it. */
export const storedRoom = (roomId: string): Omit<StoredRoom, 'archived'> => ({
  roomId,
  name: roomId,
  topic: '',
  kind: 'public',
  directKey: null,
  madeBy: null,
  madeFrom: null,
  madeAt: 1,
})

/** @returns a running host; it stops when the test has finished. */
export const startHost = async (options: Partial<HostOptions> = {}): Promise<LocalHost> => {
  const host = await openHost(hostOptions(options))
  onTestFinished(() => host.stop())
  return host
}

export interface Talker {
  readonly client: Client
  /** What stands as `senderId` on their messages. */
  readonly id: string
  /** What came on `/user/queue/errors`, newest last. */
  readonly errors: IMessage[]
  /** Resolves with the RECEIPT, rejects with the refusal's code. */
  send(destination: string, body: unknown): Promise<void>
  subscribe(destination: string, headers?: Record<string, string>): Promise<IMessage[]>
}

let receipts = 0

/** @returns a person who is connected and subscribed to refusals. */
export const connect = async (url: string, headers: Record<string, string> = {}): Promise<Talker> => {
  const client = await connectStompjs(url, headers)
  onTestFinished(() => client.deactivate())
  const errors: IMessage[] = []
  const refused = new Map<string, (code: Error) => void>()
  client.subscribe('/user/queue/errors', message => {
    errors.push(message)
    refused.get(message.headers['receipt-id'] ?? '')?.(new Error(message.headers.code))
  })
  return {
    client,
    id: connectedHeaders(client)['person-id'] ?? '',
    errors,
    send: (destination, body) =>
      new Promise((resolve, reject) => {
        const receipt = `sent ${(receipts += 1)}`
        refused.set(receipt, reject)
        client.watchForReceipt(receipt, () => resolve())
        client.publish({
          destination,
          body: typeof body === 'string' ? body : JSON.stringify(body),
          headers: headersOf({ receipt }),
        })
      }),
    subscribe: (destination, subscribeHeaders) => subscribeStompjs(client, destination, subscribeHeaders),
  }
}

/** @returns a person whom the host recognises: the same name has the same device key. */
export const person = (url: string, name: string): Promise<Talker> =>
  connect(url, { login: name, 'device-key': `the device key of ${name}` })

/** @returns the bodies as JSON. */
export const bodies = (messages: IMessage[]): Record<string, unknown>[] =>
  messages.map(({ body }) => z.record(z.string(), z.unknown()).parse(JSON.parse(body)))

/** @returns what people said, in order. */
export const contents = (messages: IMessage[]): unknown[] => bodies(messages).map(({ content }) => content)
