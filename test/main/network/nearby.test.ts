import { expect, onTestFinished, test } from 'vitest'
import { createNearby, type NearbyPorts } from '../../../main/network/nearby.ts'
import type { Nearby } from '../../../shared/contract/model.ts'
import { collectLog } from '../collect-log.ts'
import { freePort, loopback } from '../host/network/lan.ts'

const start = async (ports: Partial<NearbyPorts> = {}) => {
  const told: Nearby[] = []
  const nearby = createNearby({
    changed: now => told.push(now),
    host: () => ({ phase: 'off' }),
    log: collectLog().log,
    port: await freePort(),
    networks: () => [loopback],
    vpn: () => null,
    ...ports,
  })
  onTestFinished(() => nearby.look(false))
  return { told, nearby }
}
const nothing = { servers: [], vpn: null, search: 'running' }

test('each look begins with an empty list, and ends at once', async () => {
  const { told, nearby } = await start()
  nearby.look(false)
  expect(told).toEqual([])
  nearby.look(true)
  expect(told).toEqual([nothing])
  nearby.look(false)
  nearby.look(true)
  nearby.look(true)
  nearby.look(false)
  expect(told).toEqual([nothing, nothing, nothing])
})

test('a VPN is told, and a computer without a network', async () => {
  const { told, nearby } = await start({ vpn: () => 'tailscale0', networks: () => [] })
  nearby.look(true)
  await expect
    .poll(() => told.at(-1))
    .toEqual({
      servers: [],
      vpn: 'tailscale0',
      search: 'no-network',
    })
})

test('a search that the system does not allow is told', async () => {
  const { told, nearby } = await start({ networks: () => [{ ...loopback, address: '203.0.113.7' }] })
  nearby.look(true)
  await expect.poll(() => told.at(-1)).toMatchObject({ search: 'failed' })
})
