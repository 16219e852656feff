import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { aRoom } from '../../shared/contract/examples.ts'
import { openWindow, overflow } from '../open-window.tsx'

test('a room that its server refuses says why, and can be tried again or left', async () => {
  const room = aRoom('secret')
  const error = { code: 'server-hangs-up', params: { host: 'rabbit:15674' } } as const
  const { bridge, inputsOf } = await openWindow(
    { messenger: { rooms: [room], refusals: { [room.key]: error } } },
    {},
    [900, 600],
  )
  const banner = page
    .getByRole('status')
    .filter({ hasText: 'You are not getting new messages from this room.' })
  await expect.element(banner).toMatchTextContent(/rabbit:15674 closes the connection/)
  expect(overflow()).toEqual({ x: 0, y: 0 })
  await banner.getByRole('button', { name: 'Leave room' }).click()
  await banner.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => inputsOf('retryRoom')).toEqual([{ room: room.key }])
  await expect.poll(() => inputsOf('leaveRoom')).toEqual([{ room: room.key }])
  bridge.tell({ name: 'roomRefused', payload: { room: room.key, error: null } })
  await expect.element(banner).not.toBeInTheDocument()
  bridge.tell({ name: 'roomRefused', payload: { room: room.key, error } })
  await expect.element(banner).toBeVisible()
})
