/** How much of the disk the host leaves to others. */
import { statfsSync } from 'node:fs'

/** Bytes that stay free on the disk, unless it is set: everything else on the computer needs some. */
export const defaultKeepFree = 256 * 1024 * 1024

/**
 * @param floor bytes that have to be free; 0 for none.
 * @returns what tells whether the disk of `folder` has them. A file system that does not tell how much is free counts as one that has.
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
