import type { DesktopState, TaskKind } from '../../shared/contract/desktop-commands.ts'
import { Failure } from '../../shared/contract/errors.ts'

/** Reports how far a task is. */
export type Progress = (done: number, total: number) => void

/** Runs the tasks that take long, one at a time, and lets the person cancel them. */
export class Tasks {
  readonly #changed: (task: DesktopState['task']) => void
  #current: DesktopState['task'] = null
  #abort = new AbortController()

  /** @param changed is told when a task begins, goes on and ends. */
  constructor(changed: (task: DesktopState['task']) => void) {
    this.#changed = changed
  }

  get current(): DesktopState['task'] {
    return this.#current
  }

  /** @returns whether the task was done; false if it was cancelled. @throws Failure `task-running`, and what `work` throws. */
  async run(
    kind: TaskKind,
    name: string,
    work: (progress: Progress, signal: AbortSignal) => Promise<void>,
  ): Promise<boolean> {
    if (this.#current) throw new Failure('task-running')
    const { signal } = (this.#abort = new AbortController())
    this.#put({ kind, name, done: 0, total: 0 })
    try {
      await work((done, total) => this.#put({ kind, name, done, total }), signal)
      return true
    } catch (thrown) {
      if (signal.aborted) return false
      throw thrown
    } finally {
      this.#put(null)
    }
  }

  cancel(): void {
    this.#abort.abort()
  }

  #put(task: DesktopState['task']): void {
    this.#current = task
    this.#changed(task)
  }
}
