/** Step `tls`: the handshake, and the certificate that the server shows. */
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { authorities } from '../trust.ts'
import { ask } from './ask.ts'
import { judgeCertificate, type Shown } from './certificate.ts'
import { fact, failed, passed, type Found } from '../../../shared/core/doctor/found.ts'
import { codeOf } from './code-of.ts'
import type { Reached } from './reach.ts'
import { withScheme } from './way.ts'

interface Handshake {
  /** Version of TLS, and cipher. */
  protocol: string
  /** Null where the server has shown no certificate. */
  shown: Shown | null
}

/**
 * Shakes hands with whatever certificate there is, sends nothing, and closes the connection. Rejects where there is no
 * TLS, with `ETIMEDOUT` after `deadline` milliseconds.
 */
export const shakeHands = ({ way, address }: Reached, deadline: number): Promise<Handshake> =>
  new Promise((resolve, reject) => {
    const socket = connect({
      host: address,
      port: way.port,
      // Addresses have no place in it (RFC 6066, section 3).
      ...(isIP(way.name) === 0 && { servername: way.name }),
      ca: authorities(),
      rejectUnauthorized: false,
    })
    const timer = setTimeout(() => socket.destroy(new Error('ETIMEDOUT')), deadline)
    socket.once('secureConnect', () => {
      // Node gives it once.
      const certificate = socket.getPeerX509Certificate()
      const { authorized } = socket
      const protocol = `${socket.getProtocol() ?? ''} ${socket.getCipher().standardName}`
      // By its types an Error; it is OpenSSL's code.
      const code = String(socket.authorizationError)
      resolve({ protocol, shown: certificate ? { certificate, authorized, code } : null })
      socket.destroy()
    })
    socket.on('error', reject)
    socket.once('close', () => {
      clearTimeout(timer)
      reject(new Error('ECONNRESET'))
    })
  })

/** @param expected as in {@link judgeCertificate}. @param deadline milliseconds. */
export const secure = async (
  reached: Reached,
  expected: string | null,
  deadline: number,
): Promise<Found<Reached>> => {
  const { way } = reached
  const { host } = way
  try {
    const { protocol, shown } = await shakeHands(reached, deadline)
    if (!shown) return failed({ code: 'certificate-refused', params: { host } }, [fact('protocol', protocol)])
    const { code, fingerprint, facts } = judgeCertificate(shown, way.name, expected)
    facts.unshift(fact('protocol', protocol))
    if (code === null) return passed(reached, facts)
    return failed({ code, params: { host } }, facts, { kind: 'trustCertificate', fingerprint })
  } catch (thrown) {
    const error = codeOf(thrown)
    const facts = [fact('error', error)]
    const plain = way.webSocket ? withScheme(way, 'ws') : null
    if (plain !== null && (await isPlain(plain, deadline))) {
      // Whoever has pinned a certificate wants TLS; without it, nothing says whom one talks to.
      const cure = expected === null ? ({ kind: 'useAddress', url: plain } as const) : null
      return failed({ code: 'tls-missing', params: { host } }, facts, cure)
    }
    return failed({ code: 'tls-failed', params: { host, message: error } }, facts)
  }
}

/** @returns whether the port answers HTTP without TLS. */
const isPlain = async (url: string, deadline: number): Promise<boolean> => {
  const answer = await ask(new URL(url), {}, { deadline })
  return answer.kind === 'upgraded' || answer.kind === 'answered'
}
