import { readFileSync } from 'node:fs'
import { Failure } from '../../shared/contract/errors.ts'

/** @returns what the file says, as UTF-8. @throws {Failure} `file-unreadable` with `file`. */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new Failure('file-unreadable', { file }, thrown)
  }
}
