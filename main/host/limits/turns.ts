/** Runs check-then-store operations one after another, so that a check still holds when its result is stored. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /**
   * Runs `work` after everything before it.
   * @returns its result. @throws its error; later work runs all the same.
   */
  take<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}
