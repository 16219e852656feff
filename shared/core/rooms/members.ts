/** The people of the one room that is watched on a Stompbox host: who is what there, and who is there right now. */
import { z } from 'zod'
import {
  roles,
  standings,
  type Member,
  type Role,
  type Room,
  type RoomKey,
  type Standing,
} from '../../contract/model.ts'
import { membersAnswer, presenceDestination } from '../dialect/codec.ts'
import { parseObject } from '../dialect/message-fields.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Log } from '../ports.ts'
import type { Session } from '../session/session.ts'

const personId = z.string().min(1).max(200)
const name = z.string().max(200)
/** People of one room that are taken in. */
const most = 10_000

const namedSchema = z.object({
  personId,
  name: name.nullable().transform(known => known ?? ''),
  standing: z.enum(standings),
})
const answerSchema = z.object({ role: z.enum(roles), members: z.array(namedSchema).max(most) })
const presenceSchema = z.object({ people: z.array(z.object({ personId, name })).max(most) })

/** An event of the host: somebody is something else in a room than before. */
export const memberChangeSchema = z.object({
  type: z.literal('MEMBER_CHANGED'),
  roomId: z.string(),
  person: z.object({ personId, name: name.nullable() }),
  standing: z.enum(standings).nullable(),
})
export type MemberChange = z.infer<typeof memberChangeSchema>

/** A room, and whether it is to be known who is there right now. */
export interface Watch {
  room: Room
  presence: boolean
}

export interface Members {
  /** Watches a room from now on; null for none. */
  watch(watch: Watch | null): void
  /** There is a session in which the person has this id. */
  online(session: Session, personId: string | null): void
  offline(): void
  /** The person is in this room. Where it was shut to them, its people are asked for once more. */
  opened(room: RoomKey): void
  /** The room is shut to the person: its host tells them nothing more of it. */
  shut(room: RoomKey): void
  changed: (change: MemberChange) => void
}

/** Those who are named in the room, by their ids, and what the person may do there. */
interface Named {
  role: Role
  people: Map<string, { name: string; standing: Standing }>
}

export const createMembers = (state: Pick<KnownState, 'setMembers'>, log: Log): Members => {
  let link: { session: Session; personId: string | null } | null = null
  let watched: Watch | null = null
  /** The host has ended what the person hears of the watched room. */
  let isShut = false
  let named: Named | null = null
  /** Who is there right now: names by ids; null while that is not known. */
  let here: ReadonlyMap<string, string> | null = null
  let endPresence = (): void => undefined

  const memberOf = (id: string): Member => {
    const known = named?.people.get(id)
    return {
      personId: id,
      name: here?.get(id) ?? known?.name ?? '',
      standing: known?.standing ?? null,
      here: here?.has(id) ?? false,
      own: id === link?.personId,
    }
  }
  const tell = (): void => {
    if (!watched || !named) {
      state.setMembers(null)
      return
    }
    const ids = new Set([...named.people.keys(), ...(here?.keys() ?? [])])
    state.setMembers({
      room: watched.room.key,
      role: named.role,
      presence: here !== null,
      members: [...ids].map(memberOf),
    })
  }

  /** Asks who is named in the room; they answer once. */
  const ask = (): void => {
    if (!link || !watched || isShut) return
    const asked = { ...link, room: watched.room }
    const destination = membersAnswer(asked.room.roomId)
    const end = asked.session.subscribe(destination, {}, frame => {
      end()
      const answer = answerSchema.safeParse(parseObject(frame.body))
      if (!answer.success) log.warn('members-unreadable', { destination })
      else if (link?.session === asked.session && watched?.room.key === asked.room.key) {
        const { role, members } = answer.data
        named = { role, people: new Map(members.map(member => [member.personId, member])) }
        tell()
      }
    })
  }
  const listen = (): void => {
    if (!link || !watched?.presence || isShut) return
    const destination = presenceDestination(watched.room.roomId)
    // Everybody's subscription has the same id, so that the host encodes an event once for all of them.
    endPresence = link.session.subscribe(destination, { id: destination }, frame => {
      const event = presenceSchema.safeParse(parseObject(frame.body))
      if (!event.success) {
        log.warn('presence-unreadable', { destination })
        return
      }
      here = new Map(event.data.people.map(person => [person.personId, person.name]))
      tell()
    })
  }
  const stopListening = (): void => {
    endPresence()
    endPresence = () => undefined
    here = null
  }

  return {
    watch(next) {
      if (!watched && !next) return
      const isSame = watched?.room.key === next?.room.key
      stopListening()
      watched = next
      if (!isSame) {
        isShut = false
        named = null
        ask()
      }
      listen()
      tell()
    },
    online(session, personId) {
      link = { session, personId }
      ask()
      listen()
    },
    offline() {
      link = null
      named = null
      stopListening()
      if (watched) tell()
    },
    opened(room) {
      if (!isShut || watched?.room.key !== room) return
      isShut = false
      ask()
      listen()
    },
    shut(room) {
      if (isShut || watched?.room.key !== room) return
      isShut = true
      named = null
      stopListening()
      tell()
    },
    changed({ roomId, person, standing }) {
      if (!named || !watched) return
      const isHere = watched.room.roomId === roomId
      const isOut = standing === 'banned' || (standing === null && watched.room.kind !== 'public')
      if (person.personId === link?.personId) {
        // Who owns the first room of a host owns all public ones.
        if (!isHere || !isOut) ask()
        return
      }
      if (!isHere) return
      if (standing === null || (standing === 'banned' && named.role === 'member'))
        named.people.delete(person.personId)
      else if (named.people.has(person.personId) || named.people.size < most)
        named.people.set(person.personId, { name: person.name ?? '', standing })
      tell()
    },
  }
}
