/**
 * @param cured the address of a cure, which has no query.
 * @param current the address at hand.
 * @returns the address of the cure, with the query of the current one if the server stays the same: it may hold a token.
 */
export const addressWithQuery = (cured: string, current: string): string => {
  if (!URL.canParse(cured) || !URL.canParse(current)) return cured
  const [next, before] = [new URL(cured), new URL(current)]
  if (next.hostname === before.hostname) next.search = before.search
  return next.href
}
