/** A window opens with the room that it was closed with. */
import { roomKeySchema } from '../../shared/contract/model.ts'
import type { Store } from './store.ts'
import { viewOfRoom } from './view.ts'

const item = 'room'

/**
 * Opens the room that `storage` remembers, where the person is in it or has left a draft there, and from now on remembers the one that is
 * open.
 */
export const rememberRoom = (store: Store, storage: Pick<Storage, 'getItem' | 'setItem'>): void => {
  const { rooms, show } = store.getState()
  const { data: key } = roomKeySchema.safeParse(storage.getItem(item))
  const room = key && rooms[key]
  if (room && (room.joined || room.draft !== '')) show(viewOfRoom(room))
  store.subscribe(({ view }, before) => {
    if (view !== before.view && view.name === 'room') storage.setItem(item, view.room)
  })
}
