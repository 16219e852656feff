/** Multicast DNS (RFC 6762, RFC 6763): how hosts in one network find each other without an address. */
import { EventEmitter } from 'node:events'
import bonjour, { type ServiceConfig } from 'bonjour-service'
import { z } from 'zod'

/** The service `_stompbox._tcp`. */
export const serviceType = 'stompbox'

export interface MdnsOptions {
  /** IPv4 address of the one interface to speak on; every interface where it is missing. */
  interface?: string
  /** UDP port; 5353 by default. */
  port?: number
}

/** The package keeps its socket to itself, and throws the socket's errors where nobody listens. */
const socketSchema = z.object({ server: z.object({ mdns: z.instanceof(EventEmitter) }) })

/**
 * @param failed is told when the network can't be spoken to (another program holds the port alone, multicast is forbidden).
 * @returns a speaker, to be destroyed.
 */
export const openMdns = (options: MdnsOptions, failed: (error: unknown) => void): bonjour => {
  const config: Partial<ServiceConfig> & MdnsOptions & { bind: string } = { ...options, bind: '0.0.0.0' }
  const speaker = new bonjour(config, failed)
  socketSchema.parse(speaker).server.mdns.on('error', failed)
  return speaker
}

/** Says goodbye for what was published, and closes the socket. */
export const closeMdns = (speaker: bonjour): Promise<void> =>
  new Promise(resolve => speaker.unpublishAll(() => speaker.destroy(() => resolve())))
