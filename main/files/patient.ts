/** Waits for files that another program (a virus scanner, a backup, a sync client) holds for a moment. */
import { setTimeout } from 'node:timers/promises'

/** Milliseconds from the first attempt to the last, and between two attempts. */
const patience = 1000
const interval = 50

/** Errors while a file is held, or while the system is short of handles; most of them can also be permanent. */
const passing = new Set(['EBUSY', 'EPERM', 'EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ETXTBSY'])

/** @returns the `code` of a system error, or null. */
export const systemCode = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : null

/** Retries `work` for a second while the file is held. @returns its result; rejects as the last attempt. */
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
