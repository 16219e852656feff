/** The messages between the host's thread and the thread that opened it. */
import type { Result } from '../../../shared/contract/errors.ts'
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import type { HostGuest } from '../../../shared/contract/model.ts'
import type { HostLog, HostOptions, HostRunner, RunningHost } from '../ports/options.ts'

type ThreadOptions = Omit<HostOptions, 'log'>

/** The calls that the host's thread answers. */
export interface HostThread {
  open(options: ThreadOptions): Promise<Result<Pick<RunningHost, 'port' | 'ws' | 'tcp' | 'fingerprint'>>>
  setPasscode(passcode: string | null): Promise<Result<null>>
  introduce(runner: HostRunner): Promise<Result<null>>
  /** Starts or stops the measurements. */
  measure(on: boolean): void
  stop(): Promise<void>
}

/** The events of the host's thread. */
export interface HostOwner {
  peopleChanged(people: HostGuest[]): void
  measured(measure: HostMeasure): void
  log(level: keyof HostLog, event: string, fields?: Record<string, unknown>): void
}
