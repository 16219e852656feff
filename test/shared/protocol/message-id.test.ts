import { expect, test } from 'vitest'
import { makeMessageId } from '../../../shared/protocol/message-id.ts'

test('ids rise with the time and differ within a millisecond', () => {
  const times = [0, 35, 36, 1_700_000_000_000, 1_700_000_000_001, 36 ** 8, 36 ** 9 - 1]
  const ids = times.map(time => makeMessageId(time))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(Array.from({ length: 1_000 }, () => makeMessageId(1))).size).toBe(1_000)
})
