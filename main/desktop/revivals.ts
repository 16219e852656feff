/** Whether a page whose process died is loaded again: not where it dies each time, but as often as it takes for an app that runs for weeks. */

/** Deaths in a row after which the page is left as it is. */
const most = 3
/** Milliseconds after which a death is no sequel of the one before. */
const calm = 5 * 60_000

/**
 * @param now milliseconds, by a clock that nobody sets.
 * @returns what is to be asked at each death: whether to load the page again.
 */
export const createRevivals = (now = (): number => performance.now()): (() => boolean) => {
  let inARow = 0
  let last = -calm
  return () => {
    const at = now()
    inARow = at - last < calm ? inARow + 1 : 1
    last = at
    return inARow <= most
  }
}
