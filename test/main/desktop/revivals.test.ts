import { expect, test } from 'vitest'
import { createRevivals } from '../../../main/desktop/revivals.ts'

const minute = 60_000

test('a page that dies each time is left after the third', () => {
  let now = 0
  const mayRevive = createRevivals(() => (now += 1000))
  expect([mayRevive(), mayRevive(), mayRevive(), mayRevive(), mayRevive()]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('a page that dies once a week is always loaded again', () => {
  let now = 0
  const mayRevive = createRevivals(() => (now += 7 * 24 * 60 * minute))
  expect(Array.from({ length: 10 }, mayRevive)).not.toContain(false)
})
