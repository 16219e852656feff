import { expect, test } from 'vitest'
import { namesakeHints } from '../../../renderer/rooms/namesakes.ts'
import { aRoom } from '../../shared/contract/examples.ts'

test('rooms of one server with the same name are told apart by their ids, other rooms need nothing', () => {
  const rooms = [
    aRoom('plans', { name: '계획' }),
    aRoom('plans-2', { name: '계획'.normalize('NFD') }),
    aRoom('plans-3', { name: ' 계획', kind: 'private' }),
    aRoom('plans', { name: '계획', server: 's2' }),
    aRoom('d1', { name: '이서연', kind: 'direct' }),
    aRoom('d2', { name: '이서연', kind: 'direct' }),
    aRoom('general'),
  ]
  expect([...namesakeHints(rooms)]).toEqual([
    ['s1/plans', 'plans'],
    ['s1/plans-2', 'plans-2'],
    ['s1/plans-3', 'plans-3'],
  ])
})
