/** Reports when this computer joins or leaves a network. */
import { networkInterfaces } from 'node:os'

/** Milliseconds between two checks; Node has no event for it. */
const interval = 5000

const addresses = (): string =>
  Object.values(networkInterfaces())
    .flatMap(infos => infos ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join()

/** Calls `changed` whenever the addresses of this computer change. @returns a function that stops watching. */
export const watchNetwork = (changed: () => void, read = addresses): (() => void) => {
  let known = read()
  const timer = setInterval(() => {
    const now = read()
    if (now === known) return
    known = now
    changed()
  }, interval)
  timer.unref()
  return () => clearInterval(timer)
}
