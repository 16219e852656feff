/** Files that can't be used are put aside under another name; they are never overwritten, nor is what was put aside before. */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { patiently } from './patient.ts'

/** @returns a name beside `file` that nothing has: `<file>.broken`, or with a number behind it. */
const freeName = (file: string): string => {
  for (let number = 1; ; number++) {
    const name = `${file}.broken${number === 1 ? '' : `-${number}`}`
    if (!existsSync(name)) return name
  }
}

/**
 * Renames `file`, and before it those that belong to it and are named as it is with one of `ends` behind.
 * @returns its new name. Rejects with the system's error.
 */
export const keepAside = async (file: string, ends: readonly string[] = []): Promise<string> => {
  const aside = freeName(file)
  for (const end of [...ends, ''])
    if (existsSync(`${file}${end}`)) await patiently(() => rename(`${file}${end}`, `${aside}${end}`))
  return aside
}
