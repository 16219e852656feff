/** Remembers a recovery of the cache until the person has read about it. */
import type { CacheRecovery } from '../../shared/contract/desktop-commands.ts'
import type { Log } from '../../shared/core/ports.ts'
import type { AppState } from '../files/app-state.ts'
import type { JsonDocument } from '../files/json-document.ts'

export class RecoveryNotice {
  readonly #appState: JsonDocument<AppState>
  readonly #changed: (recovery: CacheRecovery | null) => void
  readonly #log: Log
  #current: CacheRecovery | null

  /** @param changed is told when there is something to be read, and when it has been read. */
  constructor(appState: JsonDocument<AppState>, changed: (recovery: CacheRecovery | null) => void, log: Log) {
    this.#appState = appState
    this.#changed = changed
    this.#log = log
    this.#current = appState.current().recovery
  }

  /** The recovery that the person has not read about yet. */
  get current(): CacheRecovery | null {
    return this.#current
  }

  show(recovery: CacheRecovery): void {
    this.#log.warn('cache-recovered', { ...recovery })
    this.#put(recovery)
  }

  dismiss(): void {
    if (this.#current) this.#put(null)
  }

  #put(recovery: CacheRecovery | null): void {
    this.#current = recovery
    this.#changed(recovery)
    this.#appState.update({ recovery }).catch((thrown: unknown) => {
      this.#log.warn('state-not-kept', { detail: String(thrown) })
    })
  }
}
