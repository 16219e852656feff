import { expect, test } from 'vitest'
import { createApi } from '../../../../shared/bridge/api.ts'
import { RoomWindows } from '../../../../renderer/messages/list/room-windows.ts'
import { createStore } from '../../../../renderer/store/store.ts'
import type { RoomWindow } from '../../../../renderer/messages/list/room-window.ts'
import type { WatchedRoom } from '../../../../shared/contract/window-commands.ts'
import { aMessage, aRoom, messageId, messages, stored } from '../../../shared/contract/examples.ts'
import { pageOf } from '../../page-of.ts'
import { aSnapshot, windowBridge } from '../../window-bridge.ts'

const key = (id: string) => aRoom(id).key

const setUp = async () => {
  const all = messages(1, 300)
  const bridge = windowBridge(aSnapshot, { listMessages: input => pageOf(all, input) })
  const api = createApi(bridge)
  const store = await api.start(snapshot => createStore(api, snapshot))
  let isVisible = true
  let visibilityChanged = (): void => undefined
  const windows = new RoomWindows(
    { api, store },
    {
      nextFrame: run => run(),
      isVisible: () => isVisible,
      onVisibility: listener => (visibilityChanged = listener),
    },
  )
  const see = (visible: boolean): void => {
    isVisible = visible
    visibilityChanged()
  }
  /** What the messenger was told to be watched, each time. */
  const told = () =>
    bridge.calls
      .filter(({ name }) => name === 'watchRooms')
      .map(({ input }) => (input as { rooms: WatchedRoom[] }).rooms.map(each => `${each.room} ${each.level}`))
  return { all, bridge, store, windows, see, told }
}
const newest = (roomWindow: RoomWindow) => roomWindow.state().messages.at(-1)?.id

test('a room keeps its window while it is among the last few, and a new one afterwards', async () => {
  const { windows } = await setUp()
  const general = windows.of(key('general'))
  for (let n = 0; n < 5; n++) windows.of(key(`room-${n}`))
  expect(windows.of(key('general'))).toBe(general)
  for (let n = 0; n < 6; n++) windows.of(key(`room-${n}`))
  expect(windows.of(key('general'))).not.toBe(general)
})

test('events reach the window of their room alone', async () => {
  const { bridge, windows } = await setUp()
  const [general, lunch] = [windows.of(key('general')), windows.of(key('lunch'))]
  await Promise.all([general.open(), lunch.open()])
  bridge.tell(stored(aMessage(301)))
  expect([newest(general), newest(lunch)]).toEqual(['m301', 'm300'])
  bridge.tell(stored(aMessage(301), 'removed'))
  expect(newest(general)).toBe('m300')
  bridge.tell({ name: 'roomRemoved', payload: { room: key('general') } })
  expect(windows.of(key('general'))).toBe(general)
})

test('after lost events every window is read again, around where its reader is', async () => {
  const { all, bridge, windows } = await setUp()
  const [general, lunch] = [windows.of(key('general')), windows.of(key('lunch'))]
  await Promise.all([general.open(), lunch.open()])
  general.moveTo({ key: 'm40', id: messageId('m40'), offset: 3 })
  all.push(aMessage(301))
  bridge.tell(stored(aMessage(302)), { skip: 4 })
  await expect.poll(() => newest(lunch)).toBe('m301')
  expect(general.state().messages.map(message => message.id)).toContain('m40')
  expect(general.position()).toMatchObject({ id: 'm40', offset: 3 })
})

test('the room on view is watched as closely as it is seen, and those before it for their messages', async () => {
  const { store, windows, see, told } = await setUp()
  const { openRoom, showMembers, show } = store.getState()
  void windows.of(key('general')).open()
  showMembers()
  openRoom(key('점심-원정대'))
  openRoom(key('점심-원정대'), messageId('m1'))
  see(false)
  see(true)
  show({ name: 'host' })
  const [general, lunch] = [`${key('general')} messages`, key('점심-원정대')]
  expect(told()).toEqual([
    [`${key('general')} open`],
    [`${key('general')} people`],
    [general, `${lunch} people`],
    [general, `${lunch} messages`],
    [general, `${lunch} people`],
    [general, `${lunch} messages`],
  ])
})

test('what is watched is told again after lost events, which ended it, before messages are read', async () => {
  const { bridge, windows, told } = await setUp()
  await windows.of(key('general')).open()
  bridge.calls.length = 0
  bridge.tell(stored(aMessage(302)), { skip: 4 })
  await expect.poll(() => bridge.calls.map(({ name }) => name)).toEqual(['watchRooms', 'listMessages'])
  expect(told()).toEqual([[`${key('general')} open`]])
})
