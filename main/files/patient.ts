/** Files that another program (a virus scanner, a backup, a synchroniser) holds for a moment. */
import { setTimeout } from 'node:timers/promises'

/** Milliseconds from the first try to the last, and between two. */
const patience = 1000
const interval = 50

/** What a system answers while a file is held, or while it is short of handles; most of it may also last. */
const passing = new Set(['EBUSY', 'EPERM', 'EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ETXTBSY'])

/** @returns the `code` of a system error; null for everything else. */
export const systemCode = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null

/** @returns what `work` does, tried again for a second while the file is held. Rejects as the last try. */
export const patiently = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  const end = performance.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (thrown) {
      if (!passing.has(systemCode(thrown) ?? '') || performance.now() > end) throw thrown
      await setTimeout(interval)
    }
  }
}
