import type { Role, RoomKey } from '../../shared/contract/model.ts'
import { useStore } from '../store/use-store.ts'

/** @returns the person's role in the open room; null while it is unknown. */
export const useRoomRole = (room: RoomKey): Role | null =>
  useStore(({ members }) => (members?.room === room ? members.role : null))
