/** Small servers for the doctor, and its walk. */
import { once } from 'node:events'
import { createServer as createHttp, type RequestListener, type Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { createNetworkDoctor, type NetworkDoctorOptions } from '../../../../main/network/doctor/examine.ts'
import type { Step } from '../../../../shared/contract/doctor.ts'
import type { Handshake } from '../../../../shared/core/ports.ts'

/** @returns its port at 127.0.0.1; it is closed with the test. */
export const listen = async (server: Server): Promise<number> => {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** @returns the port of a server that answers every connection with these bytes; with none it stays silent. */
export const listenRaw = (bytes: string | null = null): Promise<number> =>
  listen(
    createTcp(socket => {
      if (bytes !== null) socket.once('data', () => socket.end(bytes))
    }),
  )

interface WebOptions {
  /** Answers what is not the WebSocket. */
  answer?: RequestListener
  /** Path of the WebSocket; null for none. */
  path?: string | null
  /** Whether it chooses a subprotocol. */
  chooses?: boolean
  server?: HttpServer | HttpsServer
}

/** @returns the port of a web server; a request for a WebSocket at another path is answered like any other. */
export const listenWeb = ({
  answer = (_request, response) => void response.writeHead(404).end(),
  path = null,
  chooses = true,
  server = createHttp(),
}: WebOptions = {}): Promise<number> => {
  const sockets = new WebSocketServer({
    noServer: true,
    ...(path !== null && { path }),
    ...(!chooses && { handleProtocols: () => false }),
  })
  server.on('request', answer)
  // Without this listener Node hands every such request to `answer`.
  if (path !== null) {
    server.on('upgrade', (request, socket, head) => {
      if (sockets.shouldHandle(request)) sockets.handleUpgrade(request, socket, head, () => undefined)
      else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    })
  }
  return listen(server)
}

export interface WalkOptions extends NetworkDoctorOptions {
  fingerprint?: string | null
  handshake?: Handshake
}

/** @returns the steps of an address, or of several of one server. */
export const walk = async (
  urls: string | readonly string[],
  { fingerprint = null, handshake, deadline = 3000, ...options }: WalkOptions = {},
): Promise<Step[]> => {
  const steps: Step[] = []
  const doctor = createNetworkDoctor({ deadline, ...options })
  const target = { urls: [urls].flat(), fingerprint, ...(handshake && { handshake }) }
  for await (const step of doctor.examine(target)) steps.push(step)
  return steps
}

/** @returns the last step, whose values a test looks at. */
export const last = (steps: readonly Step[]): Step => {
  const step = steps.at(-1)
  if (!step) throw new Error('no step')
  return step
}

/** @returns the values of a fact. */
export const facts = ({ facts }: Step, term: Step['facts'][number]['term']): string[] =>
  facts.filter(each => each.term === term).map(({ value }) => value)
