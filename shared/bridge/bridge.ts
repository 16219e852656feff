/** What a window needs of the channel to its messenger: one way in, one way out. The desktop's preload offers it as `window.messenger`. */
import type { EventBatch } from '../contract/api.ts'
import type { Result } from '../contract/errors.ts'

export interface Bridge {
  /** Carries out a command; never rejects but for a broken window. */
  command(name: string, input: unknown): Promise<Result<unknown>>
  /** @returns what ends the listening. */
  onEvents(listener: (batch: EventBatch) => void): () => void
}
