/** Decides whether to reload a page whose process crashed: not in a crash loop, but any number of times over weeks. */

/** Crashes in a row after which the page is not reloaded. */
const most = 3
/** Milliseconds after which a crash no longer counts as a repetition. */
const calm = 5 * 60_000

/**
 * @param now milliseconds of a monotonic clock.
 * @returns a function to call at each crash, which tells whether to reload the page.
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
