import { expect, test } from 'vitest'
import { createApi } from '../../renderer/api.ts'
import { createStore } from '../../renderer/store.ts'
import type { Snapshot } from '../../shared/contract/desktop-commands.ts'
import { Failure } from '../../shared/contract/errors.ts'
import { messageIdSchema } from '../../shared/contract/model.ts'
import { aRoom, aServer } from '../shared/contract/examples.ts'
import { aSnapshot, windowBridge } from './window-bridge.ts'

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

test('a window starts in the first room of the first server and tells which', async () => {
  const { bridge, roomOnView } = await open()
  expect(roomOnView()).toBe('s1/general')
  expect(bridge.calls).toEqual([{ name: 'showRoom', input: { room: 's1/general' } }])
})

test('switching the room tells the main process, once', async () => {
  const { bridge, state } = await open()
  state().openRoom(aRoom('점심-원정대').key)
  state().openRoom(aRoom('점심-원정대').key, messageIdSchema.parse('m1'))
  state().show({ name: 'host' })
  expect(bridge.calls.map(call => call.input)).toEqual([
    { room: 's1/general' },
    { room: 's1/점심-원정대' },
    { room: null },
  ])
})

test('a server without rooms opens its first as soon as there is one', async () => {
  const { bridge, roomOnView } = await open(aSnapshot({ messenger: { rooms: [] } }))
  expect(roomOnView()).toBe('server')
  bridge.tell({ name: 'roomChanged', payload: aRoom('general') })
  expect(roomOnView()).toBe('s1/general')
})

test('leaving the open room opens another, losing the server the next one', async () => {
  const second = aServer({ id: 's2', name: 'rabbit.staging' })
  const { bridge, roomOnView, state } = await open(
    aSnapshot({
      messenger: {
        servers: [aServer(), second],
        rooms: [aRoom('a'), aRoom('b'), aRoom('elsewhere', { server: 's2' })],
      },
    }),
  )
  bridge.tell({ name: 'roomChanged', payload: aRoom('a', { joined: false }) })
  expect(roomOnView()).toBe('s1/b')
  bridge.tell({ name: 'serverRemoved', payload: { id: aServer().id } })
  expect(roomOnView()).toBe('s2/elsewhere')
  expect(Object.keys(state().rooms)).toEqual(['s2/elsewhere'])
  bridge.tell({ name: 'serverRemoved', payload: { id: second.id } })
  expect(state().view).toEqual({ name: 'server', serverId: null })
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
    { name: 'settingsChanged', payload: { ...aSnapshot().settings, theme: 'dark' } },
    { name: 'errorRaised', payload: { code: 'disk-full' } },
  ])
  expect(state()).toMatchObject({
    person: { name: '지우' },
    servers: [server],
    connections: { s1: { phase: 'off' } },
    host: { phase: 'starting' },
    window: { focused: false, maximized: true },
    settings: { theme: 'dark' },
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
