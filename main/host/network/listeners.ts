/** Opens the listeners of a host: WebSocket, and STOMP over TCP if requested. */
import type { Broker } from '../../broker/broker.ts'
import type { HttpHandler } from '../../broker/transport/http-handlers.ts'
import type { Listening } from '../../broker/transport/listen-socket.ts'
import { listenTcp } from '../../broker/transport/listen-tcp.ts'
import { listenWs } from '../../broker/transport/listen-ws.ts'
import type { Certificate, HostOptions } from '../ports/options.ts'
import { lanAddresses, reachableUrls, tcpUrl } from './addresses.ts'
import { outwardAddress } from './interfaces.ts'

export interface Listeners {
  /** The port of the WebSocket. */
  readonly port: number
  readonly tcpPort: number | undefined
  /** The best URL for others. */
  readonly ws: string
  /** The best address for others over TCP; null if TCP is not open. */
  readonly tcp: string | null
  /** Stops accepting connections. */
  close(): Promise<unknown>
}

/** @param handlers further paths of plain HTTP. @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`; no listener is open then. */
export const openListeners = async (
  broker: Broker,
  { bind, port, tcpPort = null, allowedHosts }: HostOptions,
  tls: Certificate | undefined,
  handlers: readonly HttpHandler[],
): Promise<Listeners> => {
  const secure = tls !== undefined
  const addresses = lanAddresses(undefined, { outward: await outwardAddress() })
  const ws = await listenWs({ broker, bind, port, tls, allowedHosts, handlers })
  const openTcp = async (): Promise<Listening | null> => {
    if (tcpPort === null) return null
    try {
      return await listenTcp({ broker, bind, port: tcpPort, tls })
    } catch (thrown) {
      await ws.close()
      throw thrown
    }
  }
  const tcp = await openTcp()
  return {
    port: ws.port,
    tcpPort: tcp?.port,
    ws: reachableUrls(bind, ws.port, addresses, secure)[0] ?? '',
    tcp: tcp && tcpUrl(bind, tcp.port, addresses, secure),
    close: () => Promise.all([ws.close(), tcp?.close()]),
  }
}
