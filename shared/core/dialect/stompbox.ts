/** A Stompbox host (docs/PROTOCOL.md). */
import { z } from 'zod'
import { deletionType, features, messageIdSchema, type Feature } from '../../contract/model.ts'
import type { RemovedMessage } from '../ports.ts'
import { decodeMessage, lastingId, messageBody, offsetOf, personIdOf, plainConnectHeaders } from './codec.ts'
import type { ConnectedHeaders, KnownDialect, Sending, Subscription } from './dialect.ts'
import { parseObject, type Json } from './message-fields.ts'
import { directory, members, typing } from './stompbox-rooms.ts'

/** What a host can do that does not say it. */
const usual: readonly Feature[] = ['history', 'receipts', 'rooms', 'members', 'typing', 'delete']

/** @returns what the host can do: what its `features` header names, as far as it is known here. */
const featuresOf = (connected: ConnectedHeaders | null): readonly Feature[] => {
  const told = connected?.features?.split(/[\s,]+/)
  return told ? features.filter(feature => told.includes(feature)) : usual
}

/** Ids of every length are the sender's. */
const shortestId = 1

const removedSchema = z.object({ target: messageIdSchema, targetOffset: z.int().min(0) })

/** @returns what a host says is deleted; null where it says nothing of the kind. On other servers anybody could say so. */
const removedBy = (json: Json | null, type: string): RemovedMessage | null => {
  if (type !== deletionType) return null
  const parsed = removedSchema.safeParse(json)
  return parsed.success ? { id: parsed.data.target, offset: parsed.data.targetOffset } : null
}

const send = (destination: string, body: Record<string, unknown>): Sending => ({
  destination,
  body: JSON.stringify(body),
})

export const stompbox: KnownDialect = {
  kind: 'stompbox',
  isSpokenBy: ({ server }) => server?.startsWith('stompbox/') === true,
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
      roomSubscription(roomId, from) {
        const destination = `/topic/room.${roomId}`
        // Everybody's subscription has the same id, so that the host encodes a message once for all of them.
        return { destination, headers: { id: destination, ...startAt(from) } }
      },
      historyPoint({ headers, body }) {
        const offset = offsetOf(headers)
        return { offset, id: lastingId(parseObject(body)?.id, offset, shortestId) }
      },
      decode: (frame, context) => decodeMessage(frame, context, { shortestId, personId, removedBy }),
      // The host stamps sender and time itself.
      encode: (roomId, message) => ({
        destination: '/app/chat/message',
        body: messageBody(roomId, message),
      }),
      keepsIds: true,
      directory: can('rooms') ? directory : null,
      members: can('members') ? members : null,
      typing: can('typing') ? typing : null,
      deletion: can('delete')
        ? (roomId, { id, offset }) => send('/app/chat/delete', { roomId, id, offset })
        : null,
      freeName: name => send('/app/name/free', { name }),
      deleteQueue: destination => send('/app/queue/delete', { destination }),
    }
  },
}
