import { expect, test } from 'vitest'
import { createHostWatch } from '../../../main/app/host-watch.ts'

test('the host is measured while somebody looks and the window can be seen, and at no other time', () => {
  const told: boolean[] = []
  let seen = true
  const watch = createHostWatch({ measure: on => told.push(on), isSeen: () => seen })
  const see = (now: boolean): void => {
    seen = now
    watch.refresh()
  }
  see(false)
  see(true)
  watch.look(false)
  expect(told).toEqual([])
  watch.look(true)
  watch.look(true)
  expect(told).toEqual([true])
  see(false)
  see(false)
  expect(told).toEqual([true, false])
  see(true)
  watch.look(false)
  see(false)
  expect(told).toEqual([true, false, true, false])
  watch.look(true)
  expect(told).toHaveLength(4)
  see(true)
  expect(told.at(-1)).toBe(true)
})
