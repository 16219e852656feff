/** Any STOMP server without a dialect of its own, spoken to as its profile says. */
import type { Message, RoomId } from '../../contract/model.ts'
import type { Profile } from '../../contract/profile.ts'
import type { TemplateValues } from '../../contract/template.ts'
import { createBodyMapping } from './body-mapping.ts'
import { decodeMessage, lastingId, offsetOf, personIdOf, plainConnectHeaders } from './codec.ts'
import type { KnownDialect, Sending } from './dialect.ts'
import { clientHeaders, hasHistory, sendingOf, subscriptionsTo } from './profile-frames.ts'
import { createProfileRooms } from './profile-rooms.ts'

/** Shorter ids may be row numbers of a database, unique for the room or not at all. */
const shortestGuessedId = 16

/** @returns the body in Stompbox's own shape, with the constant fields of the profile. */
const ownShape = (
  { constants }: Profile['body'],
  roomId: RoomId,
  { id, type, sender, content, sentAt: at }: Message,
): string => {
  const fields = { id, type, roomId, sender, content, sentAt: new Date(at).toISOString() }
  return JSON.stringify({
    ...Object.fromEntries(constants.map(({ name, value }) => [name, value])),
    ...fields,
  })
}

/** @returns the SEND of the person's own message. @param values of the person's placeholders. */
const encode = (
  { rooms, own, body, frames, identity }: Profile,
  person: TemplateValues,
  roomId: RoomId,
  message: Message,
): Sending => {
  const { id, type, content, sentAt } = message
  const sender = identity.nickname ?? message.sender
  const values = { ...person, user: sender, roomId, id, type, now: sentAt, text: content }
  const destination = own.find(each => each.destination === roomId)?.send ?? rooms.send
  const template = body.send ?? (body.format === 'text' ? '{text}' : null)
  const sending = sendingOf(body.format, frames.send, destination, template ?? '', values)
  return template === null ? { ...sending, body: ownShape(body, roomId, { ...message, sender }) } : sending
}

export const generic: KnownDialect = {
  kind: 'stomp',
  isSpokenBy: () => true,
  speak({ profile }, connected, person) {
    const { identity, rooms, own, body } = profile
    const personId = identity.userId ?? personIdOf(connected)
    const values = {
      user: identity.nickname ?? person,
      // Spring names the signed-in person so.
      userId: personId ?? connected?.['user-name'] ?? '',
    }
    const mapping = createBodyMapping(body)
    const shortestId = mapping.namesIds ? 1 : shortestGuessedId
    const isHistoric = hasHistory(profile)
    return {
      kind: 'stomp',
      features: isHistoric ? ['history'] : [],
      personId,
      takesDeviceKey: false,
      connectHeaders: credentials => ({
        ...plainConnectHeaders(credentials),
        ...clientHeaders(profile, credentials.name),
      }),
      namesRefusals: false,
      roomSubscriptions(roomId, from) {
        const isOwn = own.some(({ destination }) => destination === roomId)
        const subscriptions = subscriptionsTo(
          profile,
          isOwn ? [roomId] : rooms.subscribe,
          { ...values, roomId },
          from,
        )
        return isOwn ? subscriptions.map(each => ({ ...each, isForSeveral: false })) : subscriptions
      },
      historyPoint({ headers, body }) {
        const id = isHistoric ? lastingId(mapping.fieldsOf(body, 0)?.id, null, shortestId) : null
        return { offset: offsetOf(headers), id }
      },
      decode: (frame, context) =>
        decodeMessage(frame, context, {
          shortestId,
          personId,
          timeZone: body.timeZone,
          fieldsOf: mapping.fieldsOf,
        }),
      encode: (roomId, message) => encode(profile, values, roomId, message),
      keepsIds: false,
      directory: null,
      rooms: createProfileRooms(profile, values, mapping),
      members: null,
      typing: null,
      deletion: null,
      freeName: null,
      deleteQueue: null,
    }
  },
}
