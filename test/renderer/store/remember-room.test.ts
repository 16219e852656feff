import { expect, test } from 'vitest'
import { createApi } from '../../../shared/bridge/api.ts'
import { rememberRoom } from '../../../renderer/store/remember-room.ts'
import { createStore } from '../../../renderer/store/store.ts'
import { aRoom } from '../../shared/contract/examples.ts'
import { aSnapshot, windowBridge } from '../window-bridge.ts'

/** Opens a window whose storage holds `kept`. */
const open = async (kept: string | null = null) => {
  const storage = {
    kept,
    getItem: () => storage.kept,
    setItem: (_item: string, value: string) => (storage.kept = value),
  }
  const rooms = [
    aRoom('general'),
    aRoom('점심'),
    aRoom('left', { joined: false }),
    aRoom('out', { joined: false, absence: 'removed', draft: '쓰던 글' }),
  ]
  const api = createApi(windowBridge(() => aSnapshot({ messenger: { rooms } })))
  const store = await api.start(first => createStore(api, first))
  rememberRoom(store, storage)
  const { view } = store.getState()
  return { store, storage, room: view.name === 'room' ? view.room : null }
}

test('the room that is open is opened again', async () => {
  const { store, storage } = await open()
  store.getState().openRoom(aRoom('점심').key)
  store.getState().show({ name: 'host' })
  expect((await open(storage.kept)).room).toBe('s1/점심')
})

test.each([null, '', 'x', 's1/gone', 's1/left'])('what can’t be opened (%o) is passed over', async kept => {
  expect((await open(kept)).room).toBe('s1/general')
})

test('a room from which the person was removed is opened again for its draft', async () => {
  expect((await open('s1/out')).room).toBe('s1/out')
})
