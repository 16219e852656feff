/** Binds a server to its port, and names what can go wrong. */
import type { Server } from 'node:net'
import { Failure, type ErrorCode } from '../../../shared/contract/errors.ts'
import type { BoundSockets } from './socket-bounds.ts'

/** A TLS certificate and its private key. PEM. */
export interface TlsIdentity {
  cert: string
  key: string
}

/** A running listener. */
export interface Listening {
  readonly port: number
  /** Stops accepting, and cuts sockets that are not connections yet. Open connections belong to the broker. */
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
 * @param bind the address to listen on.
 * @param port 0 lets the system choose.
 * @param sockets the server's limited sockets, if any.
 * @throws {Failure} `port-in-use`, `port-forbidden`, `address-invalid` or `host-failed`.
 */
export const listen = (
  server: Server,
  bind: string,
  port: number,
  sockets?: BoundSockets,
): Promise<Listening> =>
  new Promise((resolve, reject) => {
    // After listening, this reports a connection that could not be accepted; the server goes on.
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
