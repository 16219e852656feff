import type { Role, RoomKey } from '../../shared/contract/model.ts'
import { useStore } from '../store/use-store.ts'

/** @returns what the person may do in the room that is open; null while that is not known. */
export const useRoomRole = (room: RoomKey): Role | null =>
  useStore(({ members }) => (members?.room === room ? members.role : null))
