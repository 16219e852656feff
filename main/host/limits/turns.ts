/** Work that checks first and stores then, one after the other: what one has checked still holds when it is stored. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /**
   * Runs `work` when everything before it is done.
   * @returns what it returns. @throws what it throws; those behind it run all the same.
   */
  take<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}
