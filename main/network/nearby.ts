/** Browses the LAN for hosts while a window shows the list. */
import type { HostState, Nearby } from '../../shared/contract/model.ts'
import type { Log } from '../../shared/core/ports.ts'
import { browse } from '../host/network/browse.ts'
import { activeTunnel } from '../host/network/interfaces.ts'
import type { MdnsOptions } from '../host/network/mdns-socket.ts'

export interface NearbyPorts extends MdnsOptions {
  changed: (nearby: Nearby) => void
  /** The host of this computer, which the list leaves out. */
  host: () => HostState
  log: Log
  /** @returns the name of an active VPN, or null. */
  vpn?: () => string | null
}

export interface NearbySearch {
  /** Starts or stops browsing; each start reports all hosts again. */
  look(on: boolean): void
}

export const createNearby = (ports: NearbyPorts): NearbySearch => {
  const { changed, host, log, vpn = activeTunnel, ...options } = ports
  let stop: (() => void) | null = null

  const begin = (): (() => void) => {
    let told = ''
    let failed = false
    const tell = (nearby: Nearby): void => {
      const now = JSON.stringify(nearby)
      if (now !== told) changed(nearby)
      told = now
    }
    tell({ servers: [], vpn: vpn(), search: 'running' })
    return browse({
      ...options,
      changed: (servers, networks) => {
        const search = networks > 0 ? 'running' : failed ? 'failed' : 'no-network'
        tell({ servers, vpn: vpn(), search })
      },
      failed: error => {
        failed = true
        log.warn('network-not-browsed', { detail: String(error) })
      },
      ownPort: () => {
        const state = host()
        return state.phase === 'on' ? state.port : null
      },
    })
  }
  return {
    look: on => {
      stop?.()
      stop = on ? begin() : null
    },
  }
}
