import type { Room, RoomKey } from '../../../shared/contract/model.ts'
import { roomOf } from '../../store/model.ts'
import { useFields } from '../../store/use-store.ts'

/** @returns how far the person has read in a room. */
export const useReadState = (key: RoomKey): Pick<Room, 'unread' | 'lastReadId'> =>
  useFields(state => {
    const { unread = 0, lastReadId = null } = roomOf(state, key) ?? {}
    return { unread, lastReadId }
  })
