/** TLS with a server known by its certificate's fingerprint, such as a host with a self-made certificate. */
import type { ClientRequest } from 'node:http'
import { TLSSocket } from 'node:tls'
import { Failure } from '../../shared/contract/errors.ts'

/** @returns whether the other end has shown the certificate with this SHA-256. */
export const showsCertificate = (socket: TLSSocket, fingerprint: string): boolean =>
  socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase() === fingerprint

/**
 * @param fingerprint SHA-256 of the certificate, as `ServerProfile.fingerprint`.
 * @param host name and port, for the failure.
 * @returns options for `ws` that let the request out only when the server has shown that certificate; any other ends it with the
 * {@link Failure} `certificate-changed`. Neither its name nor its age counts then.
 */
export const pinnedCertificate = (fingerprint: string, host: string) => ({
  rejectUnauthorized: false,
  finishRequest: (request: ClientRequest): void => {
    request.once('socket', socket => {
      socket.once('secureConnect', () => {
        if (socket instanceof TLSSocket && showsCertificate(socket, fingerprint)) request.end()
        else request.destroy(new Failure('certificate-changed', { host }))
      })
    })
  },
})
