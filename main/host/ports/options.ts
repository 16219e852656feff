/** The options of a host and its interface while it runs; the same on its own thread and on the caller's. */
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import type { HostGuest } from '../../../shared/contract/model.ts'
import type { BrokerLog } from '../../broker/options/log.ts'
import type { BrokerCounts } from '../../broker/options/counts.ts'
import type { Limits } from '../../broker/options/limits.ts'
import type { TlsIdentity } from '../../broker/transport/listen-socket.ts'

/** A TLS certificate with its key, and the fingerprint by which clients pin it. */
export interface Certificate extends TlsIdentity {
  /** SHA-256 over the certificate (DER): hexadecimal digits in lower case. */
  fingerprint: string
}

/** How much is kept of each room; 0 means no bound. */
export interface Keep {
  /** Days (of 24 hours) since a message was sent. */
  days: number
  /** Newest messages. */
  messages: number
  /** Bytes of the messages' bodies. */
  bytes: number
}

export interface FileLimits {
  /** Bytes of all files of one person, and of all files of the host, unfinished ones too. */
  ofPerson: number
  ofHost: number
  /** Files of one person, and of the host. */
  countOfPerson: number
  countOfHost: number
}

/** Structured log; never given a secret or the text of a message. */
export type HostLog = BrokerLog

export interface HostOptions {
  /** Address to listen on: `127.0.0.1` for this computer alone, `0.0.0.0` or an address of its own for the network. */
  bind: string
  /** For WebSocket; 0 lets the system choose. */
  port: number
  /** For plain TCP as well; 0 lets the system choose, null and nothing open none. */
  tcpPort?: number | null
  /** Folder of the host's database; created if it is missing. */
  dataDir: string
  /** The passcode that people need to connect; null for none, which is allowed on loopback only. */
  passcode: string | null
  /** URL of the code of the thread that writes the log: `main/host/history/worker.ts`, or what the build has made of it. */
  logWorker: string
  /** The host's name, as clients show it. */
  name: string
  /** Version of Stompbox, for the `server` header. */
  version: string
  /** Name of the room `general` on a host that has no rooms yet. */
  firstRoom?: string
  /**
   * TLS on every port; loopback ports stay plain. `own` uses the certificate that the host makes itself and keeps in
   * its data folder.
   */
  tls?: Certificate | 'own' | undefined
  /** Further host names of this computer, such as that of a proxy; its own are known. */
  allowedHosts?: readonly string[]
  /**
   * How much history of each room is kept, if it differs from {@link import('../history/retention.ts').defaultKeep}.
   */
  keep?: Partial<Keep> | undefined
  /** Bytes that stay free on the disk; 0 for none. */
  keepFree?: number
  /** Bytes that one person may send in a second, on average over a minute; 0 for no limit. */
  sendBytes?: number
  /** Limits of files that differ from the defaults. */
  files?: Partial<FileLimits> | undefined
  /** Names that people may claim; 0 for no limit. */
  maxNames?: number
  /** Limits that differ from the broker's defaults. */
  limits?: Partial<Limits>
  log: HostLog
}

/** The person who runs the host, before they connect to it. */
export interface HostRunner {
  name: string
  /** The device key that they send in CONNECT. */
  deviceKey: string
}

export interface RunningHost {
  readonly port: number
  /** The URL for others, the best of {@link import('../network/addresses.ts').reachableUrls}. */
  readonly ws: string
  /** SHA-256 of its certificate, as `ServerProfile.fingerprint`; null without TLS. */
  readonly fingerprint: string | null
  /** `stomp://` (with TLS `stomp+ssl://`) address for others; null if TCP is not open. */
  readonly tcp: string | null
  /** @returns the connected people, one entry for each connection. */
  people(): HostGuest[]
  /** Listens to people who come and go, coalesced over some 100 ms. @returns a function that removes the listener. */
  onPeopleChanged(listener: (people: HostGuest[]) => void): () => void
  /**
   * Measures the host once a second while there are listeners; the first time at once. @returns a function that removes
   * the listener.
   */
  onMeasured(listener: (measure: HostMeasure) => void): () => void
  /**
   * Changes the passcode; existing connections stay.
   * @throws {Failure} `passcode-missing` for null on a host that is open to the network.
   */
  setPasscode(passcode: string | null): Promise<void>
  /**
   * Makes sure that the person who runs the host connects as its owner, even if the device key that the host knew is
   * lost. Only the code that opened the host can call this: no frame of a peer leads here.
   * @throws {Failure} of the database, such as `disk-full`.
   */
  introduce(runner: HostRunner): Promise<void>
  /** Stores everything received, tells all clients the reason, and closes. May be called again. */
  stop(): Promise<void>
}

/** Totals since the host opened, and what is open now. */
export interface HostCounts extends BrokerCounts {
  messagesStored: number
}

/** A host on the caller's own thread. */
export interface LocalHost extends RunningHost {
  counts: () => HostCounts
}
