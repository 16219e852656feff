import { expect, test } from 'vitest'
import type { Member, Standing } from '../../../shared/contract/model.ts'
import { groupsOf, mayRemove } from '../../../renderer/people/roles.ts'

const somebody = (name: string, standing: Standing | null = null, here = false): Member => ({
  personId: name,
  name,
  standing,
  here,
  own: false,
})

test('nobody removes people of their own rank or above, and members remove nobody', () => {
  const standings = ['owner', 'moderator', 'member', null] as const
  const removable = (role: 'owner' | 'moderator' | 'member') =>
    standings.filter(standing => mayRemove(role, somebody('a', standing)))
  expect(removable('owner')).toEqual(['moderator', 'member', null])
  expect(removable('moderator')).toEqual(['member', null])
  expect(removable('member')).toEqual([])
})

test('people stand by whether they are here, then by role, then by name; an empty group is left out', () => {
  const people = [
    somebody('Zoe', 'member', true),
    somebody('Ada', null, true),
    somebody('Max', 'owner', true),
    somebody('Mallory', 'banned', true),
  ]
  expect(groupsOf(people).map(({ name, members }) => [name, members.map(each => each.name)])).toEqual([
    ['here', ['Max', 'Ada', 'Zoe']],
    ['banned', ['Mallory']],
  ])
})
