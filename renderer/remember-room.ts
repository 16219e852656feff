/** A window opens with the room that it was closed with. */
import { roomKeySchema } from '../shared/contract/model.ts'
import type { Store } from './store.ts'

const item = 'room'

/** Opens the room that `storage` remembers, where it is still there, and from now on remembers the one that is open. */
export const rememberRoom = (store: Store, storage: Pick<Storage, 'getItem' | 'setItem'>): void => {
  const { rooms, openRoom } = store.getState()
  const { data: room } = roomKeySchema.safeParse(storage.getItem(item))
  if (room && rooms[room]?.joined) openRoom(room)
  store.subscribe(({ view }, before) => {
    if (view !== before.view && view.name === 'room') storage.setItem(item, view.room)
  })
}
