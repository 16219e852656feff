/** Looks for hosts in the network, as long as somebody looks at the list of them. */
import type { HostState, NearbyServer } from '../shared/contract/model.ts'
import type { Log } from '../shared/core/ports.ts'
import { browse } from './host/browse.ts'

export interface NearbyPorts {
  changed: (servers: NearbyServer[]) => void
  /** The host of this computer, which is left out. */
  host: () => HostState
  log: Log
}

export interface Nearby {
  /** Begins or ends to look; what is there is told anew each time. */
  look(on: boolean): void
}

export const createNearby = ({ changed, host, log }: NearbyPorts): Nearby => {
  let stop: (() => Promise<void>) | null = null
  return {
    look: on => {
      void stop?.()
      stop = null
      if (!on) return
      changed([])
      stop = browse({
        changed,
        failed: error => log.warn('network-not-browsed', { detail: String(error) }),
        ownPort: () => {
          const state = host()
          return state.phase === 'on' ? state.port : null
        },
      })
    },
  }
}
