/** A host in its own process, from its ready line to its end. */
import type { i18n } from 'i18next'
import type { Invite } from '../../../shared/contract/invite.ts'
import { advertisedAt, createAdvertising } from '../network/advertise.ts'
import { readCertificate } from '../admission/certificate.ts'
import { openHost } from '../host.ts'
import { limitsOf } from './limits.ts'
import { listenMetrics, type Metrics } from '../observe/metrics.ts'
import type { HostLog, HostOptions, LocalHost } from '../ports/options.ts'
import type { HostSettings } from './resolve-settings.ts'

export interface ServeOptions {
  settings: HostSettings
  version: string
  translator: i18n
  log: HostLog
}

export interface Served {
  /** Everything that a guest needs to connect, including the passcode. */
  invite: Invite
  /** The ready line for standard output. */
  ready: Readonly<Record<string, unknown>>
  /** Stops the host; resolves when everything is stored and all clients have been told. */
  stop: () => Promise<void>
}

const tlsOf = ({ tls, tlsCert, tlsKey }: HostSettings): HostOptions['tls'] => {
  if (tlsCert !== undefined) return readCertificate(tlsCert, tlsKey ?? tlsCert)
  return tls ? 'own' : undefined
}

/** @returns null if no port was given. */
const openMetrics = async (
  { settings, version, log }: ServeOptions,
  host: LocalHost,
  isWell: () => boolean,
): Promise<Metrics | null> => {
  const { metrics: port, metricsBind: bind, allowHost: allowedHosts } = settings
  if (port === undefined) return null
  try {
    return await listenMetrics({ bind, port, allowedHosts, version, log, counts: host.counts, isWell })
  } catch (thrown) {
    await host.stop()
    throw thrown
  }
}

/** @throws {Failure} as {@link openHost}, {@link listenMetrics} and the readers of certificates. */
export const serve = async (options: ServeOptions): Promise<Served> => {
  const { settings, version, translator, log } = options
  const host = await openHost({
    bind: settings.bind,
    port: settings.port,
    tcpPort: settings.tcpPort ?? null,
    dataDir: settings.data,
    logWorker: new URL('../history/worker.ts', import.meta.url).href,
    passcode: settings.passcode,
    name: settings.name,
    version,
    firstRoom: translator.t('cli:firstRoom'),
    tls: tlsOf(settings),
    allowedHosts: settings.allowHost ?? [],
    keep: { days: settings.keepDays, messages: settings.keepMessages, bytes: settings.keepBytes },
    keepFree: settings.keepFree,
    maxNames: settings.maxNames,
    sendBytes: settings.sendBytes,
    limits: limitsOf(settings),
    log,
  })
  let well = true
  const metrics = await openMetrics(options, host, () => well)
  const advertising = createAdvertising(log)
  await advertising.change(
    settings.advertise ? advertisedAt(settings.bind, host.port, host.fingerprint) : null,
  )
  return {
    invite: {
      url: host.ws,
      fingerprint: host.fingerprint,
      passcode: settings.passcode,
      name: settings.name,
    },
    ready: {
      ready: true,
      ws: host.ws,
      ...(host.tcp !== null && { tcp: host.tcp }),
      ...(host.fingerprint !== null && { fingerprint: host.fingerprint }),
      ...(metrics && { metrics: metrics.url }),
    },
    stop: async () => {
      well = false
      await advertising.change(null)
      await host.stop()
      await metrics?.close()
    },
  }
}
