/** A room without the fields that change with every message, so that its components don't render again with each of them. */
import type { Room, RoomKey } from '../../shared/contract/model.ts'
import { roomOf } from './model.ts'
import { useFields } from './use-store.ts'

/** The fields of a room that change as people write. */
type Talk = 'unread' | 'mentions' | 'lastReadId' | 'last' | 'draft'

export type RoomFacts = Omit<Room, Talk>

/** @returns `room` without its talk. */
export const factsOf = ({
  unread: _unread,
  mentions: _mentions,
  lastReadId: _lastReadId,
  last: _last,
  draft: _draft,
  ...facts
}: Room): RoomFacts => facts

/** @returns the room of this key, as it is or as it was when it was on view. */
export const useRoomFacts = (key: RoomKey): RoomFacts | undefined =>
  useFields(state => {
    const room = roomOf(state, key)
    return room && factsOf(room)
  })
