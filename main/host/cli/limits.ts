/** Which settings are limits of the broker. */
import type { Limits } from '../../broker/options/limits.ts'
import type { Settings } from './settings.ts'

/** @returns the limits that were set, or are the host's own by default; 0 for none. */
export const limitsOf = ({
  maxConnectionsPerAddress,
  ...settings
}: Omit<Settings, 'passcode'>): Partial<Limits> => ({
  connections: settings.maxConnections,
  // This computer's own programs, such as a proxy, are held to it only where it was given.
  ...(maxConnectionsPerAddress !== undefined && {
    connectionsPerAddress: maxConnectionsPerAddress,
    connectionsPerLoopback: maxConnectionsPerAddress,
  }),
  connectTimeout: settings.connectTimeout,
  frameBytesBeforeConnect: settings.maxConnectFrame,
  frameBytes: settings.maxFrame,
  headers: settings.maxHeaders,
  headerBytes: settings.maxHeader,
  headerNameLength: settings.maxHeaderName,
  subscriptions: settings.maxSubscriptions,
  sendRate: settings.sendRate,
  backlogBytes: settings.maxBacklog,
  backlogAge: settings.maxBacklogTime,
})
