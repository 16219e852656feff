import { compose } from '../../shared/text/compose.ts'

/** Names that Windows keeps for devices, with any ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** Characters that some file system does not take, and invisible ones that could hide an ending. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu
/** Bytes of UTF-8; most file systems take 255 with the ending. */
const longest = 120

/** @returns a name for a file that every file system takes, made of a name that somebody has chosen. */
export const safeFileName = (name: string): string => {
  let safe = ''
  for (const character of compose(name.slice(0, 1000)).replaceAll(unsafe, '_')) {
    if (Buffer.byteLength(safe + character) > longest) break
    safe += character
  }
  safe = safe.replaceAll(/^[\s.]+|[\s.]+$/g, '')
  return safe === '' || devices.test(safe) ? `room ${safe}`.trim() : safe
}
