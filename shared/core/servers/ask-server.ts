/** Asks a server what it is, without signing in. */
import type { Sighting } from '../../contract/recognise.ts'
import { FrameDecoder } from '../../stomp/decoder.ts'
import type { Frame } from '../../stomp/frame.ts'
import type { Clock, SocketFactory } from '../ports.ts'

/** How long a server has to answer. Milliseconds. */
const patience = 5000
/** The longest answer that is read, in bytes. */
const longestAnswer = 64 * 1024
/** The longest name of a server, and what is kept of its refusal, in UTF-16 units. */
const longestName = 100
const longestRefusal = 2000

const connectTo = (url: string): string =>
  `CONNECT\naccept-version:1.2,1.1,1.0\nheart-beat:0,0\nhost:${new URL(url).hostname}\n\n\0`

const bytesOf = (data: string | ArrayBuffer | Uint8Array): Uint8Array =>
  typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data)

const sightingOf = (url: string, { command, headers, body }: Frame): Sighting => {
  const connected = command === 'CONNECTED'
  const words = `${headers.get('message') ?? ''}\n${new TextDecoder().decode(body)}`
  return {
    url,
    server: connected ? (headers.get('server')?.slice(0, longestName) ?? null) : null,
    refusal: connected ? '' : words.slice(0, longestRefusal),
    connected,
  }
}

/**
 * Sends CONNECT without a name or a passcode.
 * @param url an address at which a server answers.
 * @returns what the server says to that; never rejects.
 */
export const askServer = (
  { sockets, clock }: { sockets: SocketFactory; clock: Clock },
  url: string,
  fingerprint: string | null,
): Promise<Sighting> =>
  new Promise(resolve => {
    const socket = sockets.open(url, ['v12.stomp', 'v11.stomp', 'v10.stomp'], fingerprint)
    const decoder = new FrameDecoder({
      frameBytes: longestAnswer,
      headers: 100,
      headerBytes: longestAnswer,
      headerNameLength: 1000,
    })
    const end = (sighting: Sighting): void => {
      cancel()
      socket.onmessage = socket.onclose = null
      socket.terminate()
      resolve(sighting)
    }
    const silence: Sighting = { url, server: null, refusal: '', connected: false }
    const cancel = clock.after(patience, () => end(silence))
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => socket.send(connectTo(url))
    socket.onclose = () => end(silence)
    socket.onmessage = ({ data = '' }) => {
      try {
        decoder.push(bytesOf(data))
        const frame = decoder.next()
        if (frame) end(sightingOf(url, frame))
      } catch {
        end(silence)
      }
    }
  })
