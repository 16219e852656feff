/** Who may do what about whom in a room, as its host has it; and in what order people stand. */
import { roles, type Member, type Role, type Standing } from '../../shared/contract/model.ts'

/** The first role the highest; who is nothing particular is a member, and who is banned stands below. */
const rankOf = (standing: Standing | null): number =>
  standing === 'banned' ? 0 : roles.length - roles.indexOf(standing ?? 'member')

/** @returns whether this role decides about others at all: who is let in, who has to go. */
export const mayDecide = (role: Role): boolean => rankOf(role) >= rankOf('moderator')

/** @returns whether somebody of this role may remove or ban that one: nobody decides about people of their own rank or above. */
export const mayRemove = (role: Role, { standing }: Member): boolean =>
  mayDecide(role) && rankOf(role) > rankOf(standing)

const collator = new Intl.Collator('en', { numeric: true })

/** The headings of the list, in order. */
type GroupName = 'here' | 'others' | 'banned'

const groupOf = ({ standing, here }: Member): GroupName =>
  standing === 'banned' ? 'banned' : here ? 'here' : 'others'

/** @returns the people by what they are right now; within that by role, then by name. Groups without anybody are left out. */
export const groupsOf = (members: readonly Member[]): { name: GroupName; members: Member[] }[] => {
  const sorted = members.toSorted(
    (a, b) => rankOf(b.standing) - rankOf(a.standing) || collator.compare(a.name, b.name),
  )
  return (['here', 'others', 'banned'] as const)
    .map(name => ({ name, members: sorted.filter(member => groupOf(member) === name) }))
    .filter(group => group.members.length > 0)
}
