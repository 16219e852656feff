/** Announces changes of rooms: of public rooms to everybody, of others to their people. */
import type { Fanout } from '../ports/fanout.ts'
import type { Presence } from '../ports/presence.ts'
import { jsonMessage } from '../wire/json-body.ts'
import { directoryDestination, ownRoomsDestination } from '../../../shared/protocol/destinations.ts'
import type { MemberEvent, RoomEvent, RoomView } from '../../../shared/protocol/events.ts'
import type { Standing } from '../../../shared/protocol/people.ts'
import { rankOf, type Access } from './access.ts'
import type { KnownPeople } from './known-people.ts'
import type { Room } from './rooms.ts'

/** The fields of an event about one person, apart from the room. */
type RoomEventReason = Pick<RoomEvent, 'reason'> | Pick<RoomEvent, 'invitedBy'>

export interface RoomEvents {
  /** @returns the room as this person sees it. */
  view(room: Room, personId: string): RoomView
  /** Tells everybody who can see the room. */
  tell(type: RoomEvent['type'], room: Room): void
  /**
   * Tells one person that the room appeared or disappeared for them. @param why the reason it disappeared, or the
   * person who invited them.
   */
  tellPerson(type: RoomEvent['type'], room: Room, personId: string, why?: RoomEventReason): void
  /**
   * Tells the person, and everybody in the room, the person's new standing; null for none. A ban is only told to
   * moderators and to the person.
   * @param before the previous standing.
   */
  tellStanding(room: Room, personId: string, before: Standing | null): Promise<void>
}

interface RoomEventsOptions {
  fanout: Pick<Fanout, 'publish' | 'tell'>
  presence: Pick<Presence, 'everybody'>
  known: Pick<KnownPeople, 'byId'>
  access: Access
  /** @returns the offset of the room's next message. */
  nextOffset: (roomId: string) => number
}

export const createRoomEvents = ({
  fanout,
  presence,
  known,
  access,
  nextOffset,
}: RoomEventsOptions): RoomEvents => {
  const view: RoomEvents['view'] = ({ roomId, name, topic, kind, archived, standings }, personId) => {
    if (kind !== 'direct') {
      return { roomId, name, topic, kind, ...(archived && { archived }), nextOffset: nextOffset(roomId) }
    }
    const [other = personId] = [...standings.keys()].filter(id => id !== personId)
    return { roomId, name: known.byId(other)?.name ?? '', topic, kind, personId: other }
  }
  const send = (personId: string, event: RoomEvent | MemberEvent): void =>
    fanout.tell(personId, ownRoomsDestination, jsonMessage(event))
  const tellPerson: RoomEvents['tellPerson'] = (type, room, personId, why) =>
    send(personId, { type, room: view(room, personId), ...why })
  const those = ({ standings }: Room, match: (standing: Standing) => boolean): string[] =>
    [...standings].filter(([, standing]) => match(standing)).map(([personId]) => personId)
  /** People with a standing in the room who may read it. */
  const named = (room: Room): string[] => those(room, standing => standing !== 'banned')
  const readersOf = async (room: Room): Promise<string[]> => {
    if (room.kind !== 'public') return named(room)
    const people = await presence.everybody()
    return people.flatMap(({ personId }) => (access.roleIn(room, personId) === null ? [] : personId))
  }

  return {
    view,
    tell: (type, room) => {
      if (room.kind !== 'public') {
        for (const personId of named(room)) tellPerson(type, room, personId)
        return
      }
      const event: RoomEvent = { type, room: view(room, '') }
      fanout.publish(directoryDestination, jsonMessage(event))
      if (type === 'ROOM_REMOVED') return
      // Banned people receive the topic like everybody else; this event keeps the room hidden from them.
      for (const personId of those(room, standing => standing === 'banned'))
        tellPerson('ROOM_REMOVED', room, personId, { reason: 'banned' })
    },
    tellPerson,
    tellStanding: async (room, personId, before) => {
      const now = room.standings.get(personId) ?? null
      const person = { personId, name: known.byId(personId)?.name ?? null }
      for (const to of new Set([...(await readersOf(room)), personId])) {
        const knowsBans = to === personId || rankOf(access.roleIn(room, to)) >= rankOf('moderator')
        const shown = (each: Standing | null): Standing | null =>
          each === 'banned' && !knowsBans ? null : each
        const standing = shown(now)
        if (shown(before) !== standing)
          send(to, { type: 'MEMBER_CHANGED', roomId: room.roomId, person, standing })
      }
    },
  }
}
