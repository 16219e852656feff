/** Lower ports are reserved for the system. */
const firstPort = 1024

/** @returns the typed port, or null if the box can't listen on it; 0 means any free port. */
export const portOf = (typed: string): number | null => {
  if (!/^\d{1,5}$/.test(typed)) return null
  const port = Number(typed)
  return port === 0 || (port >= firstPort && port <= 65_535) ? port : null
}
