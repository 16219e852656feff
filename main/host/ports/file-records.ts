/** What the host knows of each file: who sent it where, and the message that it belongs to. */

export interface FileRecord {
  fileId: string
  roomId: string
  /** Its sender: a person with a device key. */
  senderId: string
  name: string
  /** Bytes, as the sender announced them. */
  size: number
  /** When it was announced. Milliseconds since the epoch. */
  madeAt: number
  /** Hexadecimal digits, once it is whole. */
  sha256: string | null
  /** Media type, once it is whole. */
  type: string | null
  /** The id of the message that it belongs to. */
  messageId: string | null
  /** The offset of that message, once it is stored. */
  offset: number | null
}

/** Each change is on disk when the call returns. @throws {import('../../../shared/contract/errors.ts').Failure} */
export interface FileRecords {
  list(): FileRecord[]
  /** Adds or replaces the record. */
  save(record: FileRecord): void
  remove(fileId: string): void
}
