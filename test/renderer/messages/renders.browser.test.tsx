import { Profiler } from 'react'
import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { RoomView } from '../../../renderer/messages/RoomView.tsx'
import { aMessage, aRoom, messages, stored } from '../../shared/contract/examples.ts'
import { pageOf } from '../page-of.ts'
import { stage } from '../stage.tsx'
import { aSnapshot } from '../window-bridge.ts'
import { field, inView, twoFrames } from './open-room.tsx'

const general = aRoom('general')

/** Opens a room of 100 messages, at rest. @returns how often anything of it was rendered since then. */
const openRoom = async () => {
  let renders = 0
  const all = messages(1, 100)
  const { bridge } = await stage(
    <Profiler id="room" onRender={() => renders++}>
      <RoomView room={general.key} />
    </Profiler>,
    () => aSnapshot({ messenger: { rooms: [general] } }),
    { listMessages: input => pageOf(all, input) },
  )
  await expect.poll(() => inView('m100')).toBe(true)
  await expect.element(field()).toHaveFocus()
  await twoFrames()
  renders = 0
  return { bridge, renders: () => renders }
}

test('a message that comes in is rendered once, and so are several of one batch', async () => {
  const { bridge, renders } = await openRoom()
  bridge.tell(stored(aMessage(101)))
  await expect.poll(() => inView('m101')).toBe(true)
  await twoFrames()
  expect(renders()).toBe(1)
  bridge.tell([102, 103, 104].map(n => stored(aMessage(n))))
  await expect.poll(() => inView('m104')).toBe(true)
  await twoFrames()
  expect(renders()).toBe(2)
})

test('nothing of an open room is rendered because of its preview in the list of rooms', async () => {
  const { bridge, renders } = await openRoom()
  const last = { sender: 'Ada', content: 'hello', at: 1 }
  bridge.tell({ name: 'roomChanged', payload: { ...general, last } })
  await twoFrames()
  // React looks once more whether nothing has changed.
  expect(renders()).toBeLessThanOrEqual(2)
})

test('of the keys of a text only the first one renders anything', async () => {
  const { renders } = await openRoom()
  await userEvent.keyboard('h')
  await expect.element(field()).toHaveValue('h')
  await twoFrames()
  expect(renders()).toBe(1)
  await userEvent.keyboard('ello, hello there')
  await expect.element(field()).toHaveValue('hello, hello there')
  await twoFrames()
  // React looks once more whether nothing has changed.
  expect(renders()).toBeLessThanOrEqual(2)
})
