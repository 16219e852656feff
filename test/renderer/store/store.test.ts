import { expect, test } from 'vitest'
import { createApi } from '../../../shared/bridge/api.ts'
import { roomOf } from '../../../renderer/store/model.ts'
import { createStore } from '../../../renderer/store/store.ts'
import type { Snapshot } from '../../../shared/contract/window-commands.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import { messageIdSchema } from '../../../shared/contract/model.ts'
import { aMessage, aRoom, aServer, stored } from '../../shared/contract/examples.ts'
import { aDesktop, aSnapshot, windowBridge } from '../window-bridge.ts'

const open = async (snapshot: Snapshot = aSnapshot()) => {
  const bridge = windowBridge(() => snapshot)
  const api = createApi(bridge)
  const store = await api.start(first => createStore(api, first))
  const roomOnView = () => {
    const { view } = store.getState()
    return view.name === 'room' ? view.room : view.name
  }
  return { bridge, store, roomOnView, state: () => store.getState() }
}

test('a window without a person starts with the first run', async () => {
  const { state } = await open(aSnapshot({ messenger: { person: null, servers: [], rooms: [] } }))
  expect(state().view).toEqual({ name: 'first-run' })
})

test('a window starts in the first room of the first server', async () => {
  const { roomOnView } = await open()
  expect(roomOnView()).toBe('s1/general')
})

test('a server without rooms opens its first as soon as there is one', async () => {
  const { bridge, roomOnView } = await open(aSnapshot({ messenger: { rooms: [] } }))
  expect(roomOnView()).toBe('server')
  bridge.tell({ name: 'roomChanged', payload: aRoom('general') })
  expect(roomOnView()).toBe('s1/general')
})

test('a room that goes under the person stays on view with what is known of it, and so does one whose server is removed', async () => {
  const { bridge, roomOnView, state } = await open()
  const { key } = aRoom('general')
  const out = aRoom('general', { joined: false, absence: 'banned' })
  bridge.tell({ name: 'roomChanged', payload: out })
  expect([roomOnView(), roomOf(state(), key)]).toEqual([key, out])
  bridge.tell({ name: 'roomRemoved', payload: { room: key } })
  expect([roomOnView(), roomOf(state(), key)]).toEqual([key, out])
  state().openRoom(aRoom('점심-원정대').key)
  bridge.tell({ name: 'serverRemoved', payload: { id: aServer().id } })
  expect(roomOnView()).toBe('s1/점심-원정대')
  const gone = { ...aRoom('점심-원정대'), joined: false, absence: 'gone' }
  expect(roomOf(state(), gone.key)).toEqual(gone)
  expect(state().rooms).toEqual({})
})

test('a room that is gone is still on view after a page, unless the person left it', async () => {
  const { bridge, roomOnView, state } = await open()
  const visitSettings = () => {
    state().show({ name: 'settings', section: 'appearance' })
    state().leavePage()
  }
  bridge.tell({ name: 'roomChanged', payload: aRoom('general', { joined: false, absence: 'removed' }) })
  visitSettings()
  expect(roomOnView()).toBe('s1/general')
  bridge.tell({ name: 'roomChanged', payload: aRoom('general', { joined: false, absence: 'left' }) })
  visitSettings()
  expect(roomOnView()).toBe('s1/점심-원정대')
})

test('a person who leaves a room or removes a server goes on to the next', async () => {
  const second = aServer({ id: 's2', name: 'rabbit.staging' })
  const { bridge, roomOnView, state } = await open(
    aSnapshot({
      messenger: {
        servers: [aServer(), second],
        rooms: [aRoom('a'), aRoom('b'), aRoom('elsewhere', { server: 's2' })],
      },
    }),
  )
  state().leaveRoom(aRoom('b').key)
  expect(roomOnView()).toBe('s1/a')
  state().leaveRoom(aRoom('a').key)
  expect(roomOnView()).toBe('s1/b')
  state().leaveServer(second.id)
  expect(roomOnView()).toBe('s1/b')
  state().leaveServer(aServer().id)
  bridge.tell({ name: 'serverRemoved', payload: { id: aServer().id } })
  expect(roomOnView()).toBe('s2/elsewhere')
  state().leaveServer(second.id)
  bridge.tell({ name: 'serverRemoved', payload: { id: second.id } })
  expect(state().view).toEqual({ name: 'server', serverId: null })
})

test('a server’s page opens the first room, but not under a dialog or the search', async () => {
  const { bridge, roomOnView, state } = await open(aSnapshot({ messenger: { rooms: [] } }))
  state().openDialog({ name: 'create-room', serverId: aServer().id })
  bridge.tell({ name: 'roomChanged', payload: aRoom('general') })
  expect(roomOnView()).toBe('server')
  state().closeDialog()
  expect(roomOnView()).toBe('s1/general')
})

test('coming back to a server opens the room that was open there last', async () => {
  const { state, roomOnView } = await open(
    aSnapshot({
      messenger: {
        servers: [aServer(), aServer({ id: 's2' })],
        rooms: [aRoom('a'), aRoom('b'), aRoom('c', { server: 's2' })],
      },
    }),
  )
  state().openRoom(aRoom('b').key)
  state().openServer(aServer({ id: 's2' }).id)
  expect(roomOnView()).toBe('s2/c')
  state().openServer(aServer().id)
  expect(roomOnView()).toBe('s1/b')
})

test('Alt+Down and Alt+Up go round the list by name, numbers by their value', async () => {
  const { bridge, roomOnView } = await open(
    aSnapshot({ messenger: { rooms: [aRoom('10조'), aRoom('2조'), aRoom('left', { joined: false })] } }),
  )
  const press = (action: 'nextRoom' | 'previousRoom') =>
    bridge.tell({ name: 'actionRequested', payload: { action } })
  expect(roomOnView()).toBe('s1/2조')
  press('nextRoom')
  expect(roomOnView()).toBe('s1/10조')
  press('nextRoom')
  expect(roomOnView()).toBe('s1/2조')
  press('previousRoom')
  expect(roomOnView()).toBe('s1/10조')
})

test('a room and a server that a command has made open as soon as the events tell of them', async () => {
  const { bridge, roomOnView, state } = await open()
  state().openRoom(aRoom('new').key)
  expect(roomOnView()).toBe('s1/general')
  bridge.tell({ name: 'roomChanged', payload: aRoom('new') })
  expect(roomOnView()).toBe('s1/new')

  state().openServer(aServer({ id: 's2' }).id)
  bridge.tell({ name: 'personChanged', payload: { name: '지우' } })
  expect(roomOnView()).toBe('s1/new')
  bridge.tell({ name: 'serverChanged', payload: aServer({ id: 's2' }) })
  expect(state().view).toEqual({ name: 'server', serverId: 's2' })
})

test('what was awaited does not open after the person has gone elsewhere', async () => {
  const { bridge, roomOnView, state } = await open()
  state().openRoom(aRoom('new').key)
  state().show({ name: 'host' })
  bridge.tell({ name: 'roomChanged', payload: aRoom('new') })
  expect(roomOnView()).toBe('host')
})

test('what was awaited does not open under somebody who has typed since', async () => {
  const { bridge, roomOnView, state } = await open()
  state().openRoom(aRoom('new').key)
  state().act()
  bridge.tell({ name: 'roomChanged', payload: aRoom('new') })
  expect(roomOnView()).toBe('s1/general')
})

test('what takes a moment ends in another view only if the person has done nothing else', async () => {
  const { roomOnView, state } = await open()
  const lunch = aRoom('점심-원정대').key
  const late = state().setOut()
  state().act()
  late(() => state().openRoom(lunch))
  expect(roomOnView()).toBe('s1/general')

  state().openDialog({ name: 'create-room', serverId: aServer().id })
  const cancelled = state().setOut()
  state().closeDialog()
  cancelled(() => state().openRoom(lunch))
  expect(roomOnView()).toBe('s1/general')

  state().openDialog({ name: 'create-room', serverId: aServer().id })
  const done = state().setOut()
  state().act()
  done(() => state().openRoom(lunch))
  expect(roomOnView()).toBe(lunch)
  expect(state().dialog).toBeNull()
})

test('an invitation and a notification wait for a dialog in which something may be typed', async () => {
  const { bridge, roomOnView, state } = await open()
  const dialog = { name: 'create-room', serverId: aServer().id } as const
  state().openDialog(dialog)
  bridge.tell([
    { name: 'inviteOpened', payload: { link: 'nonsense' } },
    { name: 'roomRequested', payload: { room: aRoom('점심-원정대').key } },
    { name: 'actionRequested', payload: { action: 'openSettings' } },
  ])
  expect([state().dialog, roomOnView()]).toEqual([dialog, 's1/general'])
  state().closeDialog()
  expect(state().dialog).toEqual({ name: 'join', link: 'nonsense' })
  expect(roomOnView()).toBe('s1/general')
  state().closeDialog()
  expect([state().dialog, roomOnView()]).toEqual([null, 's1/점심-원정대'])
})

test('a question about a room does not outlive its view', async () => {
  const { bridge, roomOnView, state } = await open()
  state().openDialog({
    name: 'delete-message',
    room: aRoom('general').key,
    id: messageIdSchema.parse('m1'),
    sender: null,
  })
  bridge.tell({ name: 'roomRequested', payload: { room: aRoom('점심-원정대').key } })
  expect([state().dialog, roomOnView()]).toEqual([null, 's1/점심-원정대'])
})

test('what the person does later goes before a room that they asked for earlier', async () => {
  const { bridge, roomOnView, state } = await open()
  state().openDialog({ name: 'create-room', serverId: aServer().id })
  bridge.tell({ name: 'roomRequested', payload: { room: aRoom('점심-원정대').key } })
  state().show({ name: 'host' })
  expect([state().dialog, roomOnView(), state().requests]).toEqual([null, 'host', []])
})

test('of what is asked for from outside only the last ten things wait', async () => {
  const { bridge, state } = await open()
  state().openDialog({ name: 'create-room', serverId: aServer().id })
  for (let n = 0; n < 30; n++) bridge.tell({ name: 'inviteOpened', payload: { link: `${n}` } })
  expect(state().requests).toHaveLength(10)
  state().closeDialog()
  expect(state().dialog).toEqual({ name: 'join', link: '20' })
})

test('a notification opens its room, and nothing where the room is gone', async () => {
  const { bridge, roomOnView } = await open()
  bridge.tell({ name: 'roomRequested', payload: { room: aRoom('점심-원정대').key } })
  expect(roomOnView()).toBe('s1/점심-원정대')
  bridge.tell({ name: 'roomRequested', payload: { room: aRoom('gone').key } })
  expect(roomOnView()).toBe('s1/점심-원정대')
})

test('menu entries open their pages and dialogs, but not over the first run', async () => {
  const { bridge, state } = await open()
  bridge.tell({ name: 'actionRequested', payload: { action: 'createRoom' } })
  expect(state().dialog).toEqual({ name: 'create-room', serverId: 's1' })
  state().closeDialog()
  bridge.tell({ name: 'actionRequested', payload: { action: 'openSettings' } })
  expect(state().view).toEqual({ name: 'settings', section: 'appearance' })

  const first = await open(aSnapshot({ messenger: { person: null, servers: [], rooms: [] } }))
  first.bridge.tell({ name: 'actionRequested', payload: { action: 'addServer' } })
  expect(first.state().dialog).toBeNull()
})

test('every event changes what it is about', async () => {
  const { bridge, state } = await open()
  const server = aServer({ name: '새 이름' })
  bridge.tell([
    { name: 'personChanged', payload: { name: '지우' } },
    { name: 'serverChanged', payload: server },
    { name: 'connectionChanged', payload: { serverId: server.id, state: { phase: 'off' } } },
    { name: 'roomRemoved', payload: { room: aRoom('점심-원정대').key } },
    { name: 'hostChanged', payload: { phase: 'starting' } },
    { name: 'windowChanged', payload: { focused: false, maximized: true } },
    { name: 'settingsChanged', payload: { ...aDesktop().settings, theme: 'dark' } },
    { name: 'errorRaised', payload: { code: 'disk-full' } },
  ])
  expect(state()).toMatchObject({
    person: { name: '지우' },
    servers: [server],
    connections: { s1: { phase: 'off' } },
    desktop: {
      host: { phase: 'starting' },
      window: { focused: false, maximized: true },
      settings: { theme: 'dark' },
    },
    toast: { kind: 'error', error: { code: 'disk-full' } },
  })
  expect(Object.keys(state().rooms)).toEqual(['s1/general'])
})

test('events that were lost come back with the new snapshot', async () => {
  let rooms = [aRoom('general')]
  const bridge = windowBridge(() => aSnapshot({ messenger: { rooms } }))
  const api = createApi(bridge)
  const store = await api.start(first => createStore(api, first))
  rooms = [aRoom('general', { unread: 7 })]
  bridge.tell({ name: 'personChanged', payload: { name: '지우' } }, { skip: 3 })
  await expect.poll(() => store.getState().rooms[aRoom('general').key]?.unread).toBe(7)
})

test('what a command threw becomes a toast', async () => {
  const { state } = await open()
  state().report(new Failure('offline'))
  expect(state().toast).toEqual({ kind: 'error', error: { code: 'offline' } })
  state().dismissToast()
  expect(state().toast).toBeNull()
})

test('a batch changes the store once, whatever it tells and asks for; messages alone do not change it', async () => {
  const { bridge, store, roomOnView, state } = await open()
  let changes = 0
  store.subscribe(() => changes++)
  state().openRoom(aRoom('new').key)
  changes = 0
  bridge.tell([
    { name: 'roomChanged', payload: aRoom('new') },
    { name: 'roomChanged', payload: aRoom('newer') },
    { name: 'connectionChanged', payload: { serverId: aServer().id, state: { phase: 'off' } } },
    { name: 'errorRaised', payload: { code: 'disk-full' } },
    { name: 'roomRequested', payload: { room: aRoom('newer').key } },
    { name: 'inviteOpened', payload: { link: 'nonsense' } },
  ])
  expect(changes).toBe(1)
  expect(roomOnView()).toBe('s1/newer')
  expect(state()).toMatchObject({ dialog: { name: 'join' }, toast: { error: { code: 'disk-full' } } })
  bridge.tell([stored(aMessage(1)), stored(aMessage(2))])
  expect(changes).toBe(1)
})

test('of a batch only what it is about becomes another object', async () => {
  const { bridge, state } = await open()
  const { rooms, connections, servers } = state()
  bridge.tell([
    { name: 'roomChanged', payload: aRoom('general', { unread: 1 }) },
    { name: 'roomRemoved', payload: { room: aRoom('점심-원정대').key } },
    { name: 'roomChanged', payload: aRoom('general', { unread: 2 }) },
  ])
  expect(Object.values(state().rooms).map(({ unread }) => unread)).toEqual([2])
  expect(Object.values(rooms)).toHaveLength(2)
  expect(state().connections).toBe(connections)
  expect(state().servers).toBe(servers)
})
