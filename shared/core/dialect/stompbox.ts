/** A Stompbox host (docs/PROTOCOL.md). */
import { profileOf } from '../../contract/profile.ts'
import { roomDestination } from '../../protocol/destinations.ts'
import { features, type Feature } from '../../protocol/features.ts'
import { relationKinds, relationSchema, typeOf, type Relation } from '../../protocol/relations.ts'
import { encodeRequest } from '../../protocol/requests.ts'
import { decodeMessage, lastingId, offsetOf, personIdOf, plainConnectHeaders, type Reading } from './codec.ts'
import type { ConnectedHeaders, KnownDialect, SpokenProfile, Subscription } from './dialect.ts'
import { parseObject, readMessageFields, type Json } from './message-fields.ts'
import { directory, members, typing } from './stompbox-rooms.ts'

/** The features of a host that does not list any. */
const usual = features

/** @returns the features in the host's `features` header that this client knows. */
const featuresOf = (connected: ConnectedHeaders | null): readonly Feature[] => {
  const told = connected?.features?.split(/[\s,]+/)
  return told ? features.filter(feature => told.includes(feature)) : usual
}

/** Ids of any length come from the sender. */
const shortestId = 1

/**
 * @returns the relation of a host's message; null for a message without one. On other servers anybody could forge one.
 */
const relationOf = (rest: Json | null, type: string): Relation | null => {
  const kind = relationKinds.find(each => typeOf(each) === type)
  if (!kind) return null
  const { target, targetOffset } = rest ?? {}
  return relationSchema.safeParse({ kind, target, targetOffset }).data ?? null
}

const fieldsOf: Reading['fieldsOf'] = (body, now) => {
  const json = parseObject(body)
  return json && readMessageFields(json, null, now)
}

const usualRooms = profileOf().rooms

/**
 * @returns whether a server with this profile may be a Stompbox host. One whose profile says where its rooms are is none,
 *   even if its CONNECTED frame comes from a host: Spring's relay passes on the frame of the broker behind it (decision
 *   27).
 */
export const mayBeStompbox = ({ profile: { rooms, frames } }: Pick<SpokenProfile, 'profile'>): boolean =>
  rooms.send === usualRooms.send &&
  rooms.subscribe.join() === usualRooms.subscribe.join() &&
  frames.durable === null

export const stompbox: KnownDialect = {
  kind: 'stompbox',
  isSpokenBy: ({ server }, profile) => server?.startsWith('stompbox/') === true && mayBeStompbox(profile),
  speak(_profile, connected) {
    const told = featuresOf(connected)
    const can = (feature: Feature): boolean => told.includes(feature)
    const personId = personIdOf(connected)
    const startAt = (from: number | null): Subscription['headers'] =>
      can('history') ? { 'x-stream-offset': from === null ? 'first' : `offset=${from}` } : {}
    return {
      kind: 'stompbox',
      features: told,
      personId,
      takesDeviceKey: true,
      connectHeaders: credentials => ({
        ...plainConnectHeaders(credentials),
        ...(credentials.deviceKey !== null && { 'device-key': credentials.deviceKey }),
      }),
      namesRefusals: true,
      roomSubscriptions(roomId, from) {
        const destination = roomDestination(roomId)
        // All clients subscribe with the same id, so that the host encodes a message once for all of them.
        return [{ destination, headers: { id: destination, ...startAt(from) } }]
      },
      historyPoint({ headers, body }) {
        const offset = offsetOf(headers)
        return { offset, id: lastingId(parseObject(body)?.id, offset, shortestId) }
      },
      decode: (frame, context) =>
        decodeMessage(frame, context, { shortestId, personId, timeZone: null, fieldsOf, relationOf }),
      // The host sets sender and time.
      encode: (roomId, { id, type, content }) =>
        encodeRequest('/app/chat/message', { roomId, id, type, content }),
      keepsIds: true,
      directory: can('rooms') ? directory : null,
      rooms: null,
      members: can('members') ? members : null,
      typing: can('typing') ? typing : null,
      deletion: can('delete')
        ? (roomId, { id, offset }) => encodeRequest('/app/chat/delete', { roomId, id, offset })
        : null,
      freeName: name => encodeRequest('/app/name/free', { name }),
      deleteQueue: destination => encodeRequest('/app/queue/delete', { destination }),
    }
  },
}
