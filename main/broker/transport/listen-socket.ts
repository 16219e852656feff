/** Binding a server to its port, and what can go wrong with that. */
import type { Server } from 'node:net'
import { Failure, type ErrorCode } from '../../../shared/contract/errors.ts'
import type { BoundSockets } from './socket-bounds.ts'

/** What a listener shows of itself where it speaks TLS. PEM. */
export interface TlsIdentity {
  cert: string
  key: string
}

/** A listener that runs. */
export interface Listening {
  readonly port: number
  /** Takes no new connections, and cuts what is none yet; those that there are belong to the broker. */
  close: () => Promise<void>
}

const codes: Readonly<Record<string, ErrorCode>> = {
  EADDRINUSE: 'port-in-use',
  EACCES: 'port-forbidden',
  EADDRNOTAVAIL: 'address-invalid',
  ENOTFOUND: 'address-invalid',
  EAI_AGAIN: 'address-invalid',
}

const failureOf = (error: NodeJS.ErrnoException, bind: string, port: number): Failure =>
  new Failure(codes[error.code ?? ''] ?? 'host-failed', { port, address: bind }, error)

/**
 * @param bind address to listen on.
 * @param port 0 lets the system choose.
 * @param sockets of the server, where they are bound.
 * @throws {Failure} `port-in-use`, `port-forbidden`, `address-invalid` or `host-failed`.
 */
export const listen = (
  server: Server,
  bind: string,
  port: number,
  sockets?: BoundSockets,
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    // Once it listens, what is told here is a connection that could not be accepted: others may be.
    server.on('error', (error: NodeJS.ErrnoException) => reject(failureOf(error, bind, port)))
    server.listen({ host: bind, port }, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise(closed => {
            server.close(() => closed())
            sockets?.cutWaiting()
          }),
      })
    })
  })
