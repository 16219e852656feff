/** The rooms of a server without a directory: those that its profile names or asks for, and destinations beside them. */
import { parseJsonPath, valueAt } from '../../contract/json-path.ts'
import { roomIdSchema } from '../../contract/model.ts'
import type { Profile } from '../../contract/profile.ts'
import type { TemplateValues } from '../../contract/template.ts'
import type { BodyMapping } from './body-mapping.ts'
import type { Feed, ListedRoom, Notice, RoomsDialect } from './dialect.ts'
import { parseJson, readId } from './message-fields.ts'
import { requestOf, subscriptionsTo } from './profile-frames.ts'

/** The most rooms of one answer. */
const mostRooms = 1000
/** The longest name of a room, and text of a notice, in UTF-16 units. */
const longestName = 64
const longestNotice = 1000

/** @returns the room for the list; null where `id` is no id of a room. */
const listedRoom = (id: unknown, name: unknown, archived = false): ListedRoom | null => {
  const roomId = roomIdSchema.safeParse(readId(id)).data
  if (roomId === undefined) return null
  const shown = (readId(name) ?? roomId).slice(0, longestName).toWellFormed()
  return { roomId, kind: 'public', name: shown, topic: '', personId: null, archived, nextOffset: null }
}

/** The rooms that the profile itself names. A destination to which nothing can be sent is a room that can only be read. */
const namedRooms = ({ own, rooms: { source } }: Profile): ListedRoom[] => [
  ...own.flatMap(({ as, destination, name, send }) =>
    as === 'room' ? (listedRoom(destination, name, send === null) ?? []) : [],
  ),
  ...(source.from === 'list' ? source.rooms : []).flatMap(({ id, name }) => listedRoom(id, name) ?? []),
]

/**
 * @param paths of the list in the answer, and of id and name in an entry. An entry may also be the id itself.
 * @returns the rooms in a JSON answer; null for any other answer.
 */
const roomsIn = (answer: string, paths: { list: string; id: string; name: string }): ListedRoom[] | null => {
  const at = (value: unknown, path: string): unknown => valueAt(value, parseJsonPath(path) ?? [])
  const list = at(parseJson(answer), paths.list)
  if (!Array.isArray(list)) return null
  return list
    .slice(0, mostRooms)
    .flatMap(entry => listedRoom(at(entry, paths.id) ?? entry, at(entry, paths.name)) ?? [])
}

/** @param values of the person's placeholders. */
export const createProfileRooms = (
  profile: Profile,
  values: TemplateValues,
  mapping: BodyMapping,
): RoomsDialect => {
  const { rooms, own } = profile
  const { source } = rooms
  const isOwn = (roomId: string): boolean => own.some(({ destination }) => destination === roomId)
  /** Such a subscription ends with the session: what it says is not kept. */
  const feedOf = <Value>(destination: string, read: Feed<Value>['read']): Feed<Value>[] =>
    subscriptionsTo(
      { ...profile, frames: { ...profile.frames, durable: null } },
      [destination],
      values,
      null,
    ).map(subscription => ({ ...subscription, read }))
  const noticeIn =
    (name: string): Feed<Notice>['read'] =>
    ({ body }) => ({
      name,
      text: (mapping.fieldsOf(body, 0)?.content ?? body).slice(0, longestNotice).toWellFormed(),
    })

  return {
    named: namedRooms(profile),
    listing:
      source.from === 'destination'
        ? {
            feeds: feedOf(source.destination, ({ body }) => roomsIn(body, source)),
            request: requestOf(profile, source.request, values),
          }
        : null,
    webList: source.from === 'rest' ? { url: source.url, read: answer => roomsIn(answer, source) } : null,
    notices: own
      .filter(({ as }) => as === 'notices')
      .flatMap(({ destination, name }) => feedOf(destination, noticeIn(name))),
    join: roomId => (isOwn(roomId) ? null : requestOf(profile, rooms.join, { ...values, roomId })),
    leave: roomId => (isOwn(roomId) ? null : requestOf(profile, rooms.leave, { ...values, roomId })),
    roomOf: ({ body }) => mapping.roomOf(body, name => name === values.userId || name === values.user),
  }
}
