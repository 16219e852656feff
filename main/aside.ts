/** Files that can't be used are put aside under another name; they are never overwritten, nor is what was put aside before. */
import { access, rename } from 'node:fs/promises'
import { patiently } from './patient.ts'

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** @returns a name beside `file` that nothing has: `<file>.broken`, or with a number behind it. */
const freeName = async (file: string): Promise<string> => {
  for (let number = 1; ; number++) {
    const name = `${file}.broken${number === 1 ? '' : `-${number}`}`
    if (!(await isThere(name))) return name
  }
}

/** Renames `file`. @returns its new name. Rejects with the system's error. */
export const keepAside = async (file: string): Promise<string> => {
  const aside = await freeName(file)
  await patiently(() => rename(file, aside))
  return aside
}
