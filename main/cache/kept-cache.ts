import type { StorageUse } from '../../shared/contract/desktop-commands.ts'
import type { Message, MessagePosition, RoomKey } from '../../shared/contract/model.ts'
import type { MessageCache } from '../../shared/core/ports.ts'

/** A part of a room in order, oldest first. */
export interface RoomPart {
  messages: Message[]
  /** Where the next part begins; null after the last one. */
  next: MessagePosition | null
}

/** The cache with what only the desktop app does with it. */
export interface KeptCache extends MessageCache {
  /** @returns how many messages of a room are kept. */
  countMessages(room: RoomKey): Promise<number>
  /**
   * Removes the messages from before this time that nothing needs, step by step: never drafts, the outbox or unread messages.
   * @param before milliseconds since the epoch. @returns how many.
   */
  removeOld(before: number): Promise<number>
  storageUse(): Promise<StorageUse>
  /** Gives unused space back to the disk. Rejects with `disk-full` where there is no space for the new file. */
  compact(): Promise<StorageUse>
  /** @returns at most `limit` messages after a position, or the oldest ones where it is null. */
  readRoom(room: RoomKey, after: MessagePosition | null, limit: number): Promise<RoomPart>
}
