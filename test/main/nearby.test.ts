import { expect, test } from 'vitest'
import { createNearby } from '../../main/nearby.ts'
import type { NearbyServer } from '../../shared/contract/model.ts'
import { collectLog } from './collect-log.ts'

test('each look begins with an empty list, and ends at once', () => {
  const told: NearbyServer[][] = []
  const nearby = createNearby({
    changed: servers => told.push(servers),
    host: () => ({ phase: 'off' }),
    log: collectLog().log,
  })
  nearby.look(false)
  expect(told).toEqual([])
  nearby.look(true)
  expect(told).toEqual([[]])
  nearby.look(false)
  nearby.look(true)
  nearby.look(true)
  nearby.look(false)
  expect(told).toEqual([[], [], []])
})
