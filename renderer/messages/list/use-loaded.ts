import { useSyncExternalStore } from 'react'
import type { LoadedMessages, RoomWindow } from './room-window.ts'

/** @returns what is loaded of a room; the component renders again when that changes. */
export const useLoaded = (roomWindow: RoomWindow): LoadedMessages =>
  useSyncExternalStore(roomWindow.subscribe, roomWindow.state)
