import type { HostSettings, HostState } from '../../shared/contract/model.ts'

/** A change of the box's start settings. */
export type HostChange = Partial<Pick<HostSettings, 'name' | 'port' | 'reach' | 'names' | 'perAddress'>>

/** @returns how many connections the change ends for good: after a restart under the same address people come back by themselves. */
export const connectionsLost = (host: HostState, { port, reach }: HostChange): number =>
  host.phase === 'on' && host.people.length > 1 && (port !== undefined || reach === 'loopback')
    ? host.people.length
    : 0
