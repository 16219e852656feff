/** A window's channel to its messenger: commands one way, events the other. The desktop's preload offers it as `window.messenger`. */
import type { EventBatch } from '../contract/api.ts'
import type { Result } from '../contract/errors.ts'

export interface Bridge {
  /** Carries out a command; never rejects but for a broken window. */
  command(name: string, input: unknown): Promise<Result<unknown>>
  /** @returns what ends the listening. */
  onEvents(listener: (batch: EventBatch) => void): () => void
}
