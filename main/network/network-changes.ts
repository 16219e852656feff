/** Tells when this computer comes into another network, or out of one. */
import { networkInterfaces } from 'node:os'

/** Milliseconds between two looks: the operating system tells nobody who does not ask. */
const interval = 5000

const addresses = (): string =>
  Object.values(networkInterfaces())
    .flatMap(infos => infos ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .sort()
    .join()

/** Calls `changed` whenever the addresses of this computer are others. @returns what ends the watching. */
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
