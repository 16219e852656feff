/** Ports below it are the system's own. */
const firstPort = 1024

/** @returns the port that was typed, or null where it is none that the box can listen on; 0 stands for any free one. */
export const portOf = (typed: string): number | null => {
  if (!/^\d{1,5}$/.test(typed)) return null
  const port = Number(typed)
  return port === 0 || (port >= firstPort && port <= 65_535) ? port : null
}
