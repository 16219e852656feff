/** The windows of the rooms that were on view lately, kept up to date by the messenger's events. */
import type { Api } from '../api.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import { createRoomWindow, type RoomWindow } from './room-window.ts'

/** Rooms whose messages stay loaded, so that going back to one shows it at once. */
const maxRooms = 6

export interface RoomWindows {
  /** @returns the window of `room`, the same as long as it is among the last few that were asked for. */
  of(room: RoomKey): RoomWindow
}

/** @param nextFrame see `createRoomWindow`. */
export const createRoomWindows = (api: Api, nextFrame: (run: () => void) => void): RoomWindows => {
  /** Least recently asked for first. */
  const windows = new Map<RoomKey, RoomWindow>()
  api.follow({
    event: event => {
      if (event.name === 'messageStored') windows.get(event.payload.room)?.receive(event.payload)
      else if (event.name === 'messageRemoved') windows.get(event.payload.room)?.remove(event.payload.id)
      else if (event.name === 'roomRemoved') windows.delete(event.payload.room)
    },
    // Events were lost, and messages with them: what is loaded is read again.
    snapshot: () => {
      for (const roomWindow of windows.values()) void roomWindow.open(roomWindow.position()?.id)
    },
  })
  return {
    of: room => {
      const roomWindow =
        windows.get(room) ??
        createRoomWindow({ room, nextFrame, list: input => api.call('listMessages', input) })
      windows.delete(room)
      windows.set(room, roomWindow)
      for (const oldest of windows.keys()) {
        if (windows.size <= maxRooms) break
        windows.delete(oldest)
      }
      return roomWindow
    },
  }
}

const windowsOfApi = new WeakMap<Api, RoomWindows>()

/** @returns the windows over `api`: one set of them, whoever asks. */
export const roomWindowsOf = (api: Api): RoomWindows => {
  const known = windowsOfApi.get(api)
  if (known) return known
  const windows = createRoomWindows(api, run => requestAnimationFrame(run))
  windowsOfApi.set(api, windows)
  return windows
}
