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
  /** @returns at most `limit` messages after a position, or the oldest ones where it is null. */
  readRoom(room: RoomKey, after: MessagePosition | null, limit: number): Promise<RoomPart>
}
