/** Identifies a server by its answer to a CONNECT without credentials. */
import type { PresetName } from './presets.ts'

/** What a server has said. The words below are those of RabbitMQ 3.10, ActiveMQ 6, Artemis 2 and Spring 6. */
export interface Sighting {
  /** Where it answers. */
  url: string
  /** The header `server` of CONNECTED; null if it gives no name or refuses the connection. */
  server: string | null
  /** The message and the body of an ERROR; empty for CONNECTED and for silence. */
  refusal: string
  /** Whether it has sent CONNECTED. */
  connected: boolean
}

/** The kind of server, as far as its answer tells. */
export interface Recognised {
  /** Null if nothing gives it away. */
  preset: PresetName | null
  /** `name`: it says so itself. `refusal`: by the words of its ERROR. `address`: only by its port or path. */
  by: 'name' | 'refusal' | 'address'
}

/** From version 3.10 on, streams of RabbitMQ can be read over STOMP (https://www.rabbitmq.com/docs/streams). */
const hasStreams = (server: string): boolean => {
  const [, major = '0', minor = '0'] = /^\D*(\d{1,4})\.(\d{1,4})/.exec(server) ?? []
  return Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 10)
}

const byName = (server: string): PresetName | null => {
  if (/^stompbox/i.test(server)) return 'stompbox'
  if (/^rabbitmq/i.test(server)) return hasStreams(server) ? 'rabbitmq-stream' : 'rabbitmq'
  if (/artemis/i.test(server)) return 'artemis'
  return /^activemq/i.test(server) ? 'activemq' : null
}

/** Phrases of each server, the most specific first. */
const words: readonly (readonly [RegExp, PresetName])[] = [
  [/\bAMQ\d{6}\b|^security error occurred/im, 'artemis'],
  [/org\.apache\.activemq|user name \[.{0,100}\] or password is invalid/i, 'activemq'],
  [/clientInboundChannel|org\.springframework/, 'spring-app-topic'],
  [/^bad connect|access refused for user|virtual host '.{0,100}' access denied/im, 'rabbitmq'],
]

/** Ports of Stompbox, RabbitMQ, ActiveMQ and Artemis. */
const ports: Readonly<Partial<Record<string, PresetName>>> = {
  '7070': 'stompbox',
  '15674': 'rabbitmq-stream',
  '61614': 'activemq',
  '61613': 'activemq',
}

/** The presets of Spring by the path of its endpoint, as most back ends have it. */
const springAt = (url: URL): PresetName =>
  /stomp/i.test(url.pathname) ? 'spring-pub-sub' : 'spring-app-topic'

/** @returns the preset that fits a server best. */
export const recognise = ({ url: address, server, refusal, connected }: Sighting): Recognised => {
  const url = URL.canParse(address) ? new URL(address) : null
  const named = server === null ? null : byName(server)
  if (named) return { preset: named, by: 'name' }
  const [, told] = words.find(([sign]) => sign.test(refusal)) ?? []
  if (told) return { preset: told === 'spring-app-topic' && url ? springAt(url) : told, by: 'refusal' }
  const atPort = url && ports[url.port]
  if (atPort && !connected) return { preset: atPort, by: 'address' }
  // Spring's own broker accepts anybody and gives no name.
  const isSpring = server === null && url !== null && /^wss?:$/.test(url.protocol) && connected
  return { preset: isSpring ? springAt(url) : null, by: 'address' }
}
