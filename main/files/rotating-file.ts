/** A text file with rotation: at a given size it starts over and keeps a few predecessors. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface RotatingFile {
  /** Appends a line. A line that can't be written (full disk) is dropped: the app continues without its log. */
  write: (line: string) => void
  close: () => void
}

/**
 * @param maxSize bytes after which the file becomes `<file>.1`, that one `<file>.2`, and so on.
 * @param kept the number of predecessors to keep.
 */
export const openRotatingFile = (file: string, maxSize = 2_000_000, kept = 3): RotatingFile => {
  let descriptor: number | null = null
  let size = 0

  const open = (): number => {
    mkdirSync(dirname(file), { recursive: true })
    const opened = openSync(file, 'a', 0o600)
    size = fstatSync(opened).size
    return opened
  }
  const close = (): void => {
    if (descriptor !== null) closeSync(descriptor)
    descriptor = null
  }
  const rotate = (): void => {
    close()
    for (let number = kept; number > 0; number--) {
      const older = number === 1 ? file : `${file}.${number - 1}`
      if (existsSync(older)) renameSync(older, `${file}.${number}`)
    }
  }

  return {
    write: line => {
      try {
        if (descriptor !== null && size >= maxSize) rotate()
        descriptor ??= open()
        size += writeSync(descriptor, line)
      } catch {
        // There is nowhere left to report this.
      }
    },
    close,
  }
}
