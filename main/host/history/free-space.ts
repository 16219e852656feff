/** How much disk space the host leaves free. */
import { statfsSync } from 'node:fs'

/** Bytes that stay free on the disk, by default: other programs on the computer need some. */
export const defaultKeepFree = 256 * 1024 * 1024

/**
 * @param floor bytes that must stay free; 0 for none.
 * @returns a check whether the disk of `folder` has them. A file system that does not report its free space passes.
 */
export const openFreeSpace =
  (folder: string, floor: number): (() => boolean) =>
  () => {
    if (floor === 0) return true
    try {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize >= floor
    } catch {
      return true
    }
  }
