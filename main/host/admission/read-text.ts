import { readFileSync } from 'node:fs'
import { Failure } from '../../../shared/contract/errors.ts'

/** @returns what the file says in UTF-8, without the byte order mark that editors on Windows put in front. @throws {Failure} `file-unreadable` with `file`. */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (thrown) {
    throw new Failure('file-unreadable', { file }, thrown)
  }
}
