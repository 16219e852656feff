/** The files of the rooms: their limits, their senders and readers, and when they go. */
import { nanoid } from 'nanoid'
import { limits } from '../../../shared/protocol/limits.ts'
import type { FileRecord, FileRecords } from '../ports/file-records.ts'
import type { FileLimits } from '../ports/options.ts'
import { refused } from '../wire/refusal.ts'
import type { Contents, Finished } from './contents.ts'

/** Files that no message refers to go after this time. Milliseconds. */
const unusedFor = 24 * 60 * 60 * 1_000

export const defaultFileLimits: FileLimits = {
  ofPerson: 8 * 1024 ** 3,
  ofHost: 64 * 1024 ** 3,
  countOfPerson: 10_000,
  countOfHost: 100_000,
}

interface FilesOptions {
  records: FileRecords
  contents: Contents
  limits: FileLimits
  /** @returns whether the disk has room for this many bytes more, beyond those that must stay free. */
  hasSpace: (bytes: number) => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
}

/** A message that has been stored. */
interface StoredMessage {
  roomId: string
  senderId: string
  messageId: string
  offset: number
}

const sum = (records: readonly FileRecord[]): number => records.reduce((bytes, { size }) => bytes + size, 0)

export class Files {
  readonly #options: FilesOptions
  readonly #records = new Map<string, FileRecord>()
  /** Files whose message is being stored. */
  readonly #attaching = new Set<string>()

  constructor(options: FilesOptions) {
    this.#options = options
    for (const record of options.records.list()) this.#records.set(record.fileId, record)
    options.contents.keepOnly(this.#records)
  }

  find(fileId: string): FileRecord | undefined {
    return this.#records.get(fileId)
  }

  /** Announces a file; its bytes may follow. @throws {RefusedError} `not-allowed`, `disk-full` */
  create(file: Pick<FileRecord, 'roomId' | 'senderId' | 'name' | 'size'>): FileRecord {
    this.#checkQuota(file)
    const record = {
      ...file,
      fileId: nanoid(),
      madeAt: this.#options.now(),
      ...{ sha256: null, type: null, messageId: null, offset: null },
    }
    this.#save(record)
    return record
  }

  /** All bytes have arrived. A file that was deleted meanwhile stays deleted. */
  finish(fileId: string, finished: Finished): void {
    const record = this.#records.get(fileId)
    if (record) this.#save({ ...record, ...finished })
    else this.#options.contents.drop(fileId)
  }

  /**
   * Gives a file to the message that is about to be stored. @returns the record.
   * @throws {RefusedError} for a file that is not whole, or not this person's in this room, or belongs to another message.
   */
  attach(fileId: string, message: Omit<StoredMessage, 'offset'>): FileRecord {
    const { roomId, senderId, messageId } = message
    const record = this.#records.get(fileId)
    const isOwn = record?.roomId === roomId && record.senderId === senderId
    if (!record || !isOwn)
      throw refused('not-found', 'file: there is no such file of yours in this room', { id: messageId })
    if (record.sha256 === null)
      throw refused('input-invalid', 'file: this file is not whole yet: upload the rest first', {
        id: messageId,
      })
    if (record.messageId !== null && record.messageId !== messageId)
      throw refused('input-invalid', 'file: this file belongs to another message', { id: messageId })
    const attached = { ...record, messageId }
    if (record.messageId === null) this.#save(attached)
    if (record.offset === null) this.#attaching.add(fileId)
    return attached
  }

  /** The message could not be stored: the file waits for another one. */
  release(fileId: string): void {
    const record = this.#records.get(fileId)
    if (record?.offset !== null) return
    this.#attaching.delete(fileId)
    this.#save({ ...record, messageId: null })
  }

  /** A message is stored: if a file waits for it, the file now has its place. */
  stored({ roomId, senderId, messageId, offset }: StoredMessage): void {
    for (const fileId of this.#attaching) {
      const record = this.#records.get(fileId)
      const isIts =
        record?.roomId === roomId && record.senderId === senderId && record.messageId === messageId
      if (!isIts) continue
      this.#attaching.delete(fileId)
      this.#save({ ...record, offset })
    }
  }

  /** The message at this offset was deleted: its files go. */
  erased(roomId: string, offset: number): void {
    this.#removeAll(record => record.roomId === roomId && record.offset === offset)
  }

  /**
   * Removes the files of messages and rooms that are gone, and those that no message took for a day.
   * @param first returns the offset of the oldest message of a room; null if the room is gone.
   */
  async sweep(first: (roomId: string) => Promise<number | null>): Promise<void> {
    const rooms = new Map<string, number | null>()
    for (const { roomId } of this.#records.values())
      if (!rooms.has(roomId)) rooms.set(roomId, await first(roomId))
    const oldest = this.#options.now() - unusedFor
    this.#removeAll(({ roomId, offset, messageId, madeAt }) => {
      const kept = rooms.get(roomId)
      // A room that is new since the question.
      if (kept === undefined) return false
      if (kept === null || (offset !== null && offset < kept)) return true
      return messageId === null && madeAt < oldest
    })
  }

  #removeAll(goes: (record: FileRecord) => boolean): void {
    for (const record of [...this.#records.values()]) {
      if (!goes(record)) continue
      const { fileId } = record
      this.#records.delete(fileId)
      this.#attaching.delete(fileId)
      this.#options.records.remove(fileId)
      this.#options.contents.drop(fileId)
    }
  }

  #save(record: FileRecord): void {
    this.#options.records.save(record)
    this.#records.set(record.fileId, record)
  }

  #checkQuota({ senderId, size }: Pick<FileRecord, 'senderId' | 'size'>): void {
    const { ofPerson, ofHost, countOfPerson, countOfHost } = this.#options.limits
    const all = [...this.#records.values()]
    const own = all.filter(record => record.senderId === senderId)
    if (own.length >= countOfPerson || sum(own) + size > ofPerson)
      throw refused('not-allowed', 'your files take all the space that one person has: delete some first')
    // Of the unfinished files, the bytes that have arrived count twice, which errs on the safe side.
    const announced = sum(all.filter(({ sha256 }) => sha256 === null))
    const isFull = all.length >= countOfHost || sum(all) + size > ofHost
    if (isFull || !this.#options.hasSpace(announced + size))
      throw refused(
        'disk-full',
        `the host has no room for a file of this size (at most ${limits.size} bytes)`,
      )
  }
}
