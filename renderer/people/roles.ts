/** The permissions of roles in a room, as its host enforces them, and the order of people in lists. */
import { roles, type Member, type Role, type Standing } from '../../shared/contract/model.ts'

/** Ranks, the highest first; people without a role are members, and banned people rank lowest. */
const rankOf = (standing: Standing | null): number =>
  standing === 'banned' ? 0 : roles.length - roles.indexOf(standing ?? 'member')

/** @returns whether this role may invite, remove and ban people. */
export const mayDecide = (role: Role): boolean => rankOf(role) >= rankOf('moderator')

/** @returns whether this role may remove or ban a person of that role: only people of lower rank. */
export const mayRemove = (role: Role, { standing }: Member): boolean =>
  mayDecide(role) && rankOf(role) > rankOf(standing)

const collator = new Intl.Collator('en', { numeric: true })

/** The sections of the list, in order. */
type GroupName = 'here' | 'others' | 'banned'

const groupOf = ({ standing, here }: Member): GroupName =>
  standing === 'banned' ? 'banned' : here ? 'here' : 'others'

/** @returns the people by section, sorted by role, then by name. Empty sections are left out. */
export const groupsOf = (members: readonly Member[]): { name: GroupName; members: Member[] }[] => {
  const sorted = members.toSorted(
    (a, b) => rankOf(b.standing) - rankOf(a.standing) || collator.compare(a.name, b.name),
  )
  return (['here', 'others', 'banned'] as const)
    .map(name => ({ name, members: sorted.filter(member => groupOf(member) === name) }))
    .filter(group => group.members.length > 0)
}
