/** Renames database files that can't be used. Nothing is ever overwritten. */
import { existsSync, renameSync } from 'node:fs'

/** The ends of the names of SQLite's own files beside a database. */
export const logEnds = ['-wal', '-shm'] as const

/** How long another program, such as a virus scanner, may hold a file; and the time between two attempts. Milliseconds. */
const patience = 1000
const interval = 50

const pause = (milliseconds: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

const isHeld = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && /^(EBUSY|EPERM|EACCES)$/.test(String(thrown.code))

/** Renames a file, and retries for a second while another program holds it. It blocks its thread. @throws the system's error. */
export const renamePatiently = (from: string, to: string): void => {
  const end = performance.now() + patience
  for (;;) {
    try {
      renameSync(from, to)
      return
    } catch (thrown) {
      if (!isHeld(thrown) || performance.now() > end) throw thrown
      pause(interval)
    }
  }
}

/**
 * Renames a closed database to `<file>.<mark>`, or with a number appended where that exists, after its logs.
 * @returns its new name. @throws the system's error.
 */
export const putAside = (file: string, mark: string): string => {
  let aside = `${file}.${mark}`
  for (let number = 2; existsSync(aside); number++) aside = `${file}.${mark}-${number}`
  for (const end of [...logEnds, ''])
    if (existsSync(`${file}${end}`)) renamePatiently(`${file}${end}`, `${aside}${end}`)
  return aside
}
