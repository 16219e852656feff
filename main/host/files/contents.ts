/** The bytes of files on disk, each under the file's id. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { contentTypeOf, signatureBytes } from './content-type.ts'
import type { ByteRange } from './range.ts'

/** What is known of a whole file. */
export interface Finished {
  /** Hexadecimal digits. */
  sha256: string
  /** Media type. */
  type: string
}

export interface Contents {
  /** @returns how many bytes of the file are on disk. */
  received(fileId: string): Promise<number>
  /**
   * Appends what arrives, up to `size` bytes in all. What came before a cut stays.
   * @returns the facts of the file once it is whole; null before.
   * @throws the error of the source or of the disk.
   */
  append(fileId: string, size: number, source: Readable): Promise<Finished | null>
  read(fileId: string, range: ByteRange | null): Readable
  drop(fileId: string): void
  /** Deletes the files that are not among these. */
  keepOnly(fileIds: { has(fileId: string): boolean }): void
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

/** Hashes what is on disk already: the state of a hash is not kept across a cut. */
const hashed = async (file: string, bytes: number): Promise<Hash> => {
  const hash = createHash('sha256')
  if (bytes > 0) for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash
}

const headOf = async (handle: FileHandle): Promise<Buffer> => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(signatureBytes), 0, signatureBytes, 0)
  return buffer.subarray(0, bytesRead)
}

const writeAll = async (handle: FileHandle, chunk: Buffer): Promise<void> => {
  for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten
}

/** @param folder is created if it is missing. */
export const openContents = (folder: string): Contents => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pathOf = (fileId: string): string => join(folder, fileId)

  return {
    received: fileId => sizeOf(pathOf(fileId)),
    append: async (fileId, size, source) => {
      const file = pathOf(fileId)
      let received = await sizeOf(file)
      const hash = await hashed(file, received)
      const handle = await open(file, 'a+', 0o600)
      try {
        for await (const chunk of source) {
          const bytes = chunk as Buffer
          if (received + bytes.length > size) throw new Error('more bytes than announced')
          // The disk works while the hash is computed.
          const written = writeAll(handle, bytes)
          hash.update(bytes)
          await written
          received += bytes.length
        }
        if (received < size) return null
        // A confirmed file survives a power cut.
        await handle.sync()
        return { sha256: hash.digest('hex'), type: contentTypeOf(await headOf(handle)) }
      } finally {
        await handle.close()
      }
    },
    read: (fileId, range) =>
      createReadStream(pathOf(fileId), range ? { start: range.first, end: range.last } : {}),
    drop: fileId => rmSync(pathOf(fileId), { force: true }),
    keepOnly: fileIds => {
      for (const name of readdirSync(folder))
        if (!fileIds.has(name)) rmSync(join(folder, name), { force: true, recursive: true })
    },
  }
}
