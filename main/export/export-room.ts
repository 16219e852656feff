import type { ExportFormat } from '../../shared/contract/desktop-commands.ts'
import type { MessagePosition, RoomKey } from '../../shared/contract/model.ts'
import type { KeptCache } from '../cache/kept-cache.ts'
import { writeWholeFile } from '../files/whole-file.ts'
import { formats, type ExportedRoom, type ExportWords } from './formats.ts'

/** Messages that are in memory at a time. */
const partSize = 500

export interface RoomExport {
  cache: Pick<KeptCache, 'countMessages' | 'readRoom'>
  key: RoomKey
  room: ExportedRoom
  format: ExportFormat
  file: string
  words: ExportWords
  /** Is told how many of how many messages are written. */
  onProgress: (done: number, total: number) => void
  signal: AbortSignal
}

/**
 * Writes a room to a file, part by part, oldest message first.
 * @throws the reason of `signal` where it is aborted, Failure `disk-full` or `disk-readonly`, and the cache's failure; then there is no file.
 */
export const exportRoom = async ({
  cache,
  key,
  room,
  format,
  file,
  words,
  onProgress,
  signal,
}: RoomExport) => {
  const { begin, message, end } = formats[format]
  const total = await cache.countMessages(key)
  await writeWholeFile(file, async handle => {
    await handle.appendFile(begin(room, words))
    let done = 0
    let after: MessagePosition | null = null
    do {
      signal.throwIfAborted()
      const part = await cache.readRoom(key, after, partSize)
      await handle.appendFile(part.messages.map((each, index) => message(each, done + index, words)).join(''))
      done += part.messages.length
      onProgress(done, Math.max(total, done))
      after = part.next
    } while (after !== null)
    await handle.appendFile(end)
  })
}
