/** The settings that are limits of the broker. */
import type { Limits } from '../../broker/options/limits.ts'
import type { Settings } from './settings.ts'

/** @returns the given limits, or the host's defaults; 0 means no limit. */
export const limitsOf = ({
  maxConnectionsPerAddress,
  ...settings
}: Omit<Settings, 'passcode'>): Partial<Limits> => ({
  connections: settings.maxConnections,
  // For this computer's own programs, such as a proxy, the limit applies only if it was given.
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
