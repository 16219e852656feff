/** What the preload gives the window as `window.messenger`: one way in, one way out. */
import type { EventBatch } from './api.ts'
import type { Result } from './errors.ts'

export interface Bridge {
  /** Carries out a command; never rejects but for a broken window. */
  command(name: string, input: unknown): Promise<Result<unknown>>
  /** @returns what ends the listening. */
  onEvents(listener: (batch: EventBatch) => void): () => void
}
