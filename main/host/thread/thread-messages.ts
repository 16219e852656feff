/** What the host's thread and the thread that opened it say to each other. */
import type { Result } from '../../../shared/contract/errors.ts'
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import type { HostGuest } from '../../../shared/contract/model.ts'
import type { HostLog, HostOptions, HostRunner, RunningHost } from '../ports/options.ts'

type ThreadOptions = Omit<HostOptions, 'log'>

/** What the host's thread does. */
export interface HostThread {
  open(options: ThreadOptions): Promise<Result<Pick<RunningHost, 'port' | 'ws' | 'tcp' | 'fingerprint'>>>
  setPasscode(passcode: string | null): Promise<Result<null>>
  introduce(runner: HostRunner): Promise<Result<null>>
  /** Begins or ends to tell how it is measured. */
  measure(on: boolean): void
  stop(): Promise<void>
}

/** What it tells. */
export interface HostOwner {
  peopleChanged(people: HostGuest[]): void
  measured(measure: HostMeasure): void
  log(level: keyof HostLog, event: string, fields?: Record<string, unknown>): void
}
