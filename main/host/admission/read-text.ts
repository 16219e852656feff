import { readFileSync } from 'node:fs'
import { Failure } from '../../../shared/contract/errors.ts'

/**
 * @returns the file's UTF-8 text, without the byte order mark that Windows editors add. @throws {Failure}
 *   `file-unreadable` with `file`.
 */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (thrown) {
    throw new Failure('file-unreadable', { file }, thrown)
  }
}
