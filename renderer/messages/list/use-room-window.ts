import { useEffect } from 'react'
import type { RoomKey } from '../../../shared/contract/model.ts'
import { useMessenger, useStore } from '../../store/use-store.ts'
import { pageSize, type RoomWindow } from './room-window.ts'
import { roomWindowsOf } from './room-windows.ts'

/** @returns the loaded part of `room`, opened if necessary, at the message that the view names. */
export const useRoomWindow = (room: RoomKey): RoomWindow => {
  const messenger = useMessenger()
  const { store } = messenger
  const view = useStore(state => state.view)
  const roomWindow = roomWindowsOf(messenger).of(room)
  useEffect(() => {
    if (view.name === 'room' && view.room === room && view.around) {
      void roomWindow.jumpTo(view.around, view, view.at)
    } else if (roomWindow.state().phase === 'opening') {
      // Many unread messages: begin with the first of them rather than with the last.
      const { unread = 0, lastReadId = null } = store.getState().rooms[room] ?? {}
      void roomWindow.open(unread > pageSize / 2 ? (lastReadId ?? undefined) : undefined)
    }
  }, [roomWindow, room, view, store])
  return roomWindow
}
