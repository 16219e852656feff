import { expect, test } from 'vitest'
import { createApi } from '../../../shared/bridge/api.ts'
import type { AppEvent } from '../../../shared/contract/api.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import { aRoom } from '../../shared/contract/examples.ts'
import { aSnapshot, windowBridge } from '../../renderer/window-bridge.ts'

const roomChanged = (id: string): AppEvent => ({ name: 'roomChanged', payload: aRoom(id) })
const idOf = (event: AppEvent): string => (event.name === 'roomChanged' ? event.payload.roomId : event.name)

/** Starts a client that writes down what it is told. */
const listening = async (bridge = windowBridge(aSnapshot)) => {
  const api = createApi(bridge)
  const told: string[] = []
  await api.start(() => {
    api.follow({ events: events => told.push(...events.map(idOf)), snapshot: () => told.push('snapshot') })
  })
  return { api, bridge, told }
}

test('a command resolves to what it answers', async () => {
  const api = createApi(windowBridge(aSnapshot, { createRoom: () => aRoom('new').key }))
  await expect(api.call('createRoom', { serverId: aRoom('x').serverId, name: 'new' })).resolves.toBe('s1/new')
})

test('a command that fails throws the failure with its code, parameters and detail', async () => {
  const refuse = () => {
    throw new Failure('port-in-use', { port: 7070 }, 'EADDRINUSE')
  }
  const api = createApi(windowBridge(aSnapshot, { startHost: refuse }))
  await expect(api.call('startHost', {})).rejects.toMatchObject({
    name: 'Failure',
    error: { code: 'port-in-use', params: { port: 7070 }, detail: 'EADDRINUSE' },
  })
})

test('events come in their order, each once', async () => {
  const { bridge, told } = await listening()
  bridge.tell([roomChanged('a'), roomChanged('b')])
  bridge.tell(roomChanged('c'))
  expect(told).toEqual(['a', 'b', 'c'])
})

test('events that the snapshot already holds are ignored, later ones of the same batch are not', async () => {
  const bridge = windowBridge(() => aSnapshot({ seq: 2 }))
  const { told } = await listening({
    ...bridge,
    // The push overtakes the answer.
    onEvents: listener => {
      queueMicrotask(() => listener({ first: 1, events: ['a', 'b', 'c'].map(roomChanged) }))
      return bridge.onEvents(listener)
    },
  })
  expect(told).toEqual(['c'])
})

test('a gap brings a new snapshot, and what came meanwhile after it', async () => {
  const { bridge, told } = await listening()
  bridge.tell(roomChanged('a'))
  bridge.tell(roomChanged('lost before this'), { skip: 1 })
  await expect.poll(() => told).toEqual(['a', 'snapshot'])
  bridge.tell(roomChanged('b'))
  expect(told).toEqual(['a', 'snapshot', 'b'])
})

test('a listener to one event gets that one until it stops listening', async () => {
  const { api, bridge } = await listening()
  const names: string[] = []
  const stop = api.on('personChanged', person => names.push(person.name))
  bridge.tell([roomChanged('a'), { name: 'personChanged', payload: { name: '서연' } }])
  stop()
  bridge.tell({ name: 'personChanged', payload: { name: '민준' } })
  expect(names).toEqual(['서연'])
})
