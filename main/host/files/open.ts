/** The parts of the host that deal with files. */
import { join } from 'node:path'
import { openFreeSpace } from '../history/free-space.ts'
import type { FileRecords } from '../ports/file-records.ts'
import type { FileLimits } from '../ports/options.ts'
import { openContents, type Contents } from './contents.ts'
import { defaultFileLimits, Files } from './files.ts'
import { createTokens, type Tokens } from './tokens.ts'

export interface FileParts {
  readonly files: Files
  readonly contents: Contents
  readonly tokens: Tokens
}

interface FilePartsOptions {
  /** The host's data folder. */
  dataDir: string
  records: FileRecords
  /** Bytes that stay free on the disk; 0 for none. */
  keepFree: number
  /** Limits that differ from {@link defaultFileLimits}. */
  limits: Partial<FileLimits> | undefined
}

/** Opens the files in the host's data folder, and deletes there what no record names. */
export const openFiles = ({ dataDir, records, keepFree, limits }: FilePartsOptions): FileParts => {
  const folder = join(dataDir, 'files')
  const contents = openContents(folder)
  const files = new Files({
    records,
    contents,
    limits: { ...defaultFileLimits, ...limits },
    hasSpace: bytes => keepFree === 0 || openFreeSpace(folder, keepFree + bytes)(),
    now: Date.now,
  })
  return { files, contents, tokens: createTokens(Date.now) }
}
