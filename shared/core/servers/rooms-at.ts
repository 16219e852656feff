/** Asks a web address for the rooms of a server. */
import { Failure, toAppError } from '../../contract/errors.ts'
import type { ServerProfile } from '../../contract/model.ts'
import { shownAddress } from '../../text/secret-free.ts'
import type { Handshake, RoomLists } from '../ports.ts'
import type { Introduction } from './introduction.ts'

/** @returns whether a web address is on the server's host, and as secure as the connection. */
const mayKnowSecrets = (web: string, server: string): boolean => {
  const [asked, known] = [new URL(web), new URL(server)]
  const isSecured = ['wss:', 'stomps:'].includes(known.protocol)
  return asked.hostname === known.hostname && (asked.protocol === 'https:' || !isSecured)
}

/** @returns the handshake, with the token that a STOMP server gets in CONNECT. */
const forWeb = (
  { profile: { connect } }: Pick<ServerProfile, 'profile'>,
  { connect: headers, handshake }: Introduction,
): Handshake => {
  const name = connect.token?.place === 'connect' ? connect.token.name : null
  const value = name === null ? undefined : headers[name]
  if (name === null || value === undefined) return handshake
  return { ...handshake, headers: { ...handshake.headers, [name]: value } }
}

/**
 * Asks as the person, with the token and the headers of the handshake, if the address is on the server's host and as
 * secure as the connection; any other address gets no secrets.
 * @param url of the profile.
 * @param lists undefined where the runtime can't ask any address.
 * @returns the answer. Rejects with `rooms-unlisted`.
 */
export const roomsAt = async (
  url: string,
  server: Pick<ServerProfile, 'profile' | 'url' | 'fingerprint'>,
  introduction: () => Promise<Introduction>,
  lists: RoomLists | undefined,
): Promise<string> => {
  try {
    if (!lists) throw new Failure('offline')
    const told = mayKnowSecrets(url, server.url) ? forWeb(server, await introduction()) : undefined
    return await lists.get(url, server, told)
  } catch (thrown) {
    const { code, detail } = toAppError(thrown)
    throw new Failure('rooms-unlisted', { url: shownAddress(url), message: detail ?? code }, thrown)
  }
}
