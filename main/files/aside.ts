/** Renames unusable files. Neither they nor files renamed earlier are ever overwritten. */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { patiently } from './patient.ts'

/** @returns an unused name beside `file`: `<file>.broken`, or with a number appended. */
const freeName = (file: string): string => {
  for (let number = 1; ; number++) {
    const name = `${file}.broken${number === 1 ? '' : `-${number}`}`
    if (!existsSync(name)) return name
  }
}

/** Renames `file`. @returns its new name. Rejects with the system's error. */
export const keepAside = async (file: string): Promise<string> => {
  const aside = freeName(file)
  await patiently(() => rename(file, aside))
  return aside
}
