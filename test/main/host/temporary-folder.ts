import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** @returns a folder of the running test's own; gone when it ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stompbox-host-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
