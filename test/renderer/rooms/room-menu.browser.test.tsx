import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Failure } from '../../../shared/contract/errors.ts'
import type { Role, Room } from '../../../shared/contract/model.ts'
import { aMessage, aRoom, aServer } from '../../shared/contract/examples.ts'
import { openWindow, overflow } from '../open-window.tsx'

/** The window on a room in which the person has this role. */
const openAs = (
  role: Role,
  change: Partial<Room> = {},
  answers: Parameters<typeof openWindow>[1] = {},
  size?: [number, number],
) => {
  const room = aRoom('general', { topic: 'all of us', ...change })
  const members = { room: room.key, role, presence: false, members: [] }
  return openWindow({ messenger: { rooms: [room] }, members }, answers, size)
}
const openMenu = () => page.getByRole('button', { name: 'Room menu' }).click()
const entries = () =>
  page
    .getByRole('menuitem')
    .elements()
    .map(entry => entry.textContent)

test.each([
  ['owner', ['Name and topic…', 'Archive room…', 'Export…', 'Leave room']],
  ['moderator', ['Name and topic…', 'Export…', 'Leave room']],
  ['member', ['Export…', 'Leave room']],
] as const)('the menu of a room has what a person may do there: %s', async (role, expected) => {
  await openAs(role)
  await openMenu()
  await expect.poll(entries).toEqual(expected)
})

const item = (name: string) =>
  page.getByRole('navigation', { name: '한빛 스튜디오' }).getByRole('button', { name: new RegExp(name) })

test('the list of rooms has the same menu', async () => {
  await openAs('owner')
  await item('general').click({ button: 'right' })
  await expect.poll(entries).toEqual(['Name and topic…', 'Archive room…', 'Export…', 'Leave room'])
})

test('a room is marked as read up to its newest message without being opened', async () => {
  const rooms = [aRoom('general'), aRoom('lunch', { unread: 3 })]
  const messages = [aMessage(7)]
  const { store, inputsOf } = await openWindow(
    { messenger: { rooms } },
    { listMessages: () => ({ messages, hasEarlier: true, hasLater: false }) },
  )
  await item('lunch').click({ button: 'right' })
  await expect.poll(entries).toEqual(['Mark as read', 'Export…', 'Leave room'])
  await page.getByRole('menuitem', { name: 'Mark as read' }).click()
  await expect.poll(() => inputsOf('markRead')).toEqual([{ room: 's1/lunch', upTo: 'm7' }])
  await expect.poll(() => store.getState().view).toMatchObject({ room: 's1/general' })
})

test('on other brokers a room can be left; a direct room can only be exported', async () => {
  const servers = [aServer({ kind: 'stomp' })]
  const direct = aRoom('d', { name: '이서연', kind: 'direct', personId: 'seoyeon' })
  const { store } = await openWindow({ messenger: { servers, rooms: [aRoom('general'), direct] } })
  await openMenu()
  await expect.poll(entries).toEqual(['Export…', 'Leave room'])
  await userEvent.keyboard('{Escape}')
  await expect.poll(entries).toEqual([])
  store.getState().openRoom(direct.key)
  await item('이서연').click({ button: 'right' })
  await expect.poll(entries).toEqual(['Export…'])
})

test('a room is given another name and topic; an empty name can’t be saved', async () => {
  const { inputsOf } = await openAs('moderator')
  await openMenu()
  await page.getByRole('menuitem', { name: 'Name and topic…' }).click()
  const name = page.getByRole('textbox', { name: 'Room name' })
  await expect.element(name).toHaveFocus()
  await expect.element(page.getByRole('textbox', { name: 'Topic' })).toHaveValue('all of us')
  await name.fill(' ')
  await expect.element(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await name.fill('광장')
  await page.getByRole('textbox', { name: 'Topic' }).fill('')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(() => inputsOf('renameRoom')).toEqual([{ room: 's1/general', name: '광장', topic: '' }])
})

test('what the host refuses is said in the dialog, which stays', async () => {
  const renameRoom = () => Promise.reject(new Failure('not-allowed'))
  await openAs('moderator', {}, { renameRoom })
  await openMenu()
  await page.getByRole('menuitem', { name: 'Name and topic…' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^Your role in this room/)
})

test('a room is archived once that is confirmed; then it says so in the place of the composer, until it is brought back', async () => {
  const { bridge, inputsOf } = await openAs('owner', { draft: 'half written' })
  await openMenu()
  await page.getByRole('menuitem', { name: 'Archive room…' }).click()
  await expect.element(page.getByRole('button', { name: 'Keep it open' })).toHaveFocus()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect.poll(() => inputsOf('archiveRoom')).toEqual([{ room: 's1/general', archived: true }])

  const room = aRoom('general', { draft: 'half written' })
  bridge.tell({ name: 'roomChanged', payload: { ...room, archived: true } })
  await expect.element(page.getByText(/^This room is archived/)).toBeVisible()
  await expect.element(page.getByRole('textbox')).toHaveAttribute('readonly')
  await expect.element(item('general').getByRole('img', { name: 'Archived room' })).toBeVisible()
  await expect.element(page.getByText('This room was archived before anyone wrote in it.')).toBeVisible()

  await page.getByRole('button', { name: 'Restore room' }).click()
  await expect.poll(() => inputsOf('archiveRoom').at(-1)).toEqual({ room: room.key, archived: false })
  bridge.tell({ name: 'roomChanged', payload: room })
  await expect.element(page.getByRole('textbox')).toHaveValue('half written')
  await expect.element(page.getByRole('textbox')).not.toHaveAttribute('readonly')
})

test('who does not own an archived room reads it, and can’t bring it back', async () => {
  const messages = [aMessage(1)]
  const answers = { listMessages: () => ({ messages, hasEarlier: false, hasLater: false }) }
  await openAs('moderator', { archived: true, name: 'n'.repeat(64) }, answers, [900, 600])
  await expect.element(page.getByText('message 1')).toBeVisible()
  await expect.element(page.getByText(/^This room is archived/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Restore room' })).not.toBeInTheDocument()
  expect(overflow()).toEqual({ x: 0, y: 0 })
})

test('an archived room that one is not in is among those to browse', async () => {
  const left = aRoom('left', { joined: false, archived: true })
  await openWindow({ messenger: { rooms: [aRoom('general'), left] } })
  await page.getByRole('button', { name: 'Browse rooms' }).click()
  await expect.element(page.getByRole('dialog').getByRole('img', { name: 'Archived room' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Join: left' })).toBeVisible()
})

test('an owner deletes a room, but the first one of the host, once that is confirmed', async () => {
  const room = aRoom('plans')
  const members = { room: room.key, role: 'owner' as const, presence: false, members: [] }
  const { inputsOf } = await openWindow({ messenger: { rooms: [room] }, members })
  await openMenu()
  await expect
    .poll(entries)
    .toEqual(['Name and topic…', 'Archive room…', 'Export…', 'Leave room', 'Delete room…'])
  await page.getByRole('menuitem', { name: 'Delete room…' }).click()
  await expect.element(page.getByRole('button', { name: 'Keep room' })).toHaveFocus()
  await page.getByRole('button', { name: 'Delete room' }).click()
  await expect.poll(() => inputsOf('deleteRoom')).toEqual([{ room: room.key }])
})
