/** The windows of the rooms that were on view lately, kept up to date by the messenger's events. */
import type { Api } from '../../../shared/bridge/api.ts'
import type { AppEvent, InputOf } from '../../../shared/contract/api.ts'
import { mostHeldRooms } from '../../../shared/contract/window-commands.ts'
import type { Message, MessageId, MessagePage, RoomKey } from '../../../shared/contract/model.ts'
import { createRoomWindow, type RoomWindow } from './room-window.ts'

export interface RoomWindows {
  /** @returns the window of `room`, the same as long as it is among the last few that were asked for. */
  of(room: RoomKey): RoomWindow
}

/** @returns what became of the messages of each room. */
const changesByRoom = (events: readonly AppEvent[]): Map<RoomKey, Map<MessageId, Message | null>> => {
  const rooms = new Map<RoomKey, Map<MessageId, Message | null>>()
  for (const event of events) {
    if (event.name !== 'messageStored') continue
    const { message, change } = event.payload
    const changes = rooms.get(message.room) ?? new Map<MessageId, Message | null>()
    rooms.set(message.room, changes.set(message.id, change === 'removed' ? null : message))
  }
  return rooms
}

/** @param nextFrame see `createRoomWindow`. */
export const createRoomWindows = (api: Api, nextFrame: (run: () => void) => void): RoomWindows => {
  /** Least recently asked for first. That of a room that is gone stays as long: the room may be on view. */
  const windows = new Map<RoomKey, RoomWindow>()
  api.follow({
    events: events => {
      // First, so that no message is put behind a hole.
      for (const event of events)
        if (event.name === 'messagesSkipped') windows.get(event.payload.room)?.skip()
      for (const [room, changes] of changesByRoom(events)) windows.get(room)?.receive(changes)
    },
    // Events were lost, and messages with them: what is loaded is read again.
    snapshot: () => {
      for (const roomWindow of windows.values()) void roomWindow.open(roomWindow.position()?.id)
    },
  })
  /** The rooms are told first, so that no message falls between the page and the events. */
  const list = async (input: InputOf<'listMessages'>): Promise<MessagePage> => {
    const holding = api.call('holdRooms', { rooms: [...windows.keys()] })
    const [page] = await Promise.all([api.call('listMessages', input), holding])
    return page
  }
  return {
    of: room => {
      const roomWindow = windows.get(room) ?? createRoomWindow({ room, nextFrame, list })
      windows.delete(room)
      windows.set(room, roomWindow)
      for (const oldest of windows.keys()) {
        if (windows.size <= mostHeldRooms) break
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
