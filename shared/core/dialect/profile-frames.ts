/** The frames that a profile asks for: SUBSCRIBE of a room, joining and leaving. */
import { isQueue } from '../../contract/queues.ts'
import type { Profile } from '../../contract/profile.ts'
import { fillJson, fillText, hasPlaceholder, type TemplateValues } from '../../contract/template.ts'
import type { Sending, Subscription } from './dialect.ts'

/** The most unacknowledged messages; they wait in memory until they are stored. */
const usualPrefetch = 500
/** RabbitMQ demands a number for streams, and a greater one has no use: chunks come whole. */
const streamPrefetch = 100

type Headers = Readonly<Record<string, string>>

/** @returns the headers of a profile, filled in. */
const headersOf = (entries: readonly { name: string; value: string }[], values: TemplateValues): Headers =>
  Object.fromEntries(entries.map(({ name, value }) => [name, fillText(value, values)]))

/** @returns whether the server keeps the history of its rooms. */
export const hasHistory = ({ frames }: Profile): boolean => frames.durable?.broker === 'rabbitmq-stream'

/**
 * @param name of the durable subscription.
 * @param from as {@link import('./dialect.ts').Dialect.roomSubscriptions} takes it.
 */
const durableHeaders = (
  broker: NonNullable<Profile['frames']['durable']>['broker'],
  name: string,
  from: number | null,
): Headers => {
  if (broker === 'activemq') return { 'activemq.subscriptionName': name }
  if (broker === 'artemis') return { 'durable-subscription-name': name, 'subscription-type': 'MULTICAST' }
  const queue = { durable: 'true', 'auto-delete': 'false', 'x-queue-name': name }
  if (broker === 'rabbitmq-queue') return queue
  // A bare number would count as `next`.
  const start = from === null ? 'first' : `offset=${from}`
  return { ...queue, 'x-queue-type': 'stream', 'x-stream-offset': start }
}

/** @returns how a durable subscription is deleted; undefined for a stream, which others read. */
const leavingHeaders = (
  broker: NonNullable<Profile['frames']['durable']>['broker'],
  name: string,
): Subscription['leaving'] => {
  // ActiveMQ deletes none that is in use.
  if (broker === 'activemq') return [{}, { 'activemq.subscriptionName': name }]
  if (broker === 'artemis') return [{ 'durable-subscription-name': name }]
  return broker === 'rabbitmq-queue'
    ? [{ durable: 'true', 'auto-delete': 'false', 'x-queue-name': name }]
    : undefined
}

/**
 * ActiveMQ and Artemis keep a durable subscription for the connection of this `client-id`. Without one, the next session
 * would not find it.
 */
export const clientHeaders = ({ frames }: Profile, login: string): Record<string, string> =>
  frames.durable?.broker === 'activemq' || frames.durable?.broker === 'artemis'
    ? { 'client-id': `stompbox-${login}` }
    : {}

/** ActiveMQ has a header of its own for the number of unacknowledged messages. */
const prefetchHeader = (profile: Profile): string =>
  profile.frames.durable?.broker === 'activemq' ? 'activemq.prefetchSize' : 'prefetch-count'

const ackHeaders = (profile: Profile, destination: string): Headers => {
  const { ack, prefetch, durable } = profile.frames
  const isStream = hasHistory(profile)
  const needed = durable !== null || isQueue(destination) ? 'client-individual' : 'auto'
  // RabbitMQ closes the connection of a stream's subscription in another mode.
  const mode = isStream ? 'client-individual' : (ack ?? needed)
  if (mode === 'auto') return ack === null ? {} : { ack: mode }
  const most = prefetch ?? (isStream ? streamPrefetch : usualPrefetch)
  return { ack: mode, [prefetchHeader(profile)]: String(most) }
}

/** @returns the subscription to each of these destinations, whose templates are filled with `values`. */
export const subscriptionsTo = (
  profile: Profile,
  templates: readonly string[],
  values: TemplateValues,
  from: number | null,
): Subscription[] => {
  const { subscribe, durable } = profile.frames
  return templates.map((template, at) => {
    const destination = fillText(template, values)
    // The destinations of one room can't share a durable subscription.
    const name = durable && `${fillText(durable.name, values)}${at === 0 ? '' : `-${at + 1}`}`
    const leaving = durable && name !== null ? leavingHeaders(durable.broker, name) : undefined
    return {
      destination,
      ...(leaving && { leaving }),
      ...(!hasPlaceholder(template, 'roomId') && { isForSeveral: true }),
      headers: {
        ...headersOf(subscribe, values),
        ...(durable && name !== null && durableHeaders(durable.broker, name, from)),
        ...ackHeaders(profile, destination),
      },
    }
  })
}

/** @returns the SEND of a request in a profile; null if there is none. */
export const requestOf = (
  { body, frames }: Profile,
  request: Profile['rooms']['join'],
  values: TemplateValues,
): Sending | null => request && sendingOf(body.format, frames.send, request.destination, request.body, values)

/** @returns a SEND with these templates filled in. */
export const sendingOf = (
  format: Profile['body']['format'],
  headers: Profile['frames']['send'],
  destination: string,
  body: string,
  values: TemplateValues,
): Sending => ({
  destination: fillText(destination, values),
  body: format === 'json' ? fillJson(body, values) : fillText(body, values),
  headers: headersOf(headers, values),
  ...(format === 'text' && { contentType: 'text/plain' }),
})
