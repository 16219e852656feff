import { expect, test } from 'vitest'
import { Recent } from '../../../../main/host/limits/recent.ts'

test('the number of entries is limited: the oldest is dropped first', () => {
  const recent = new Recent<number>()
  for (let index = 0; index < 4_096; index += 1) recent.set(`key ${index}`, index)
  recent.set('key 0', -1)
  expect([recent.get('key 0'), recent.get('key 1')]).toEqual([-1, 1])
  recent.set('one more', 0)
  expect([recent.get('key 0'), recent.get('key 1'), recent.get('key 2')]).toEqual([-1, undefined, 2])
  recent.delete('key 2')
  expect(recent.get('key 2')).toBeUndefined()
})
