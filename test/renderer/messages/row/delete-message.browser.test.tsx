import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Failure } from '../../../../shared/contract/errors.ts'
import type { Message } from '../../../../shared/contract/model.ts'
import { aMessage, aRoom, aServer, messages, stored } from '../../../shared/contract/examples.ts'
import { focusWithin, openWindow } from '../../open-window.tsx'
import { pageOf } from '../../page-of.ts'
import { aSnapshot, type windowBridge } from '../../window-bridge.ts'
import { list, row, shownRow } from '../open-room.tsx'

const own = aMessage(4, { own: true, sender: '박지우', content: 'oops', delivery: 'confirmed' })
const all = [...messages(1, 3), own]

const open = (
  change: Parameters<typeof openWindow>[0] = {},
  answers: Parameters<typeof windowBridge>[1] = {},
  shown: readonly Message[] = all,
) => openWindow(change, { listMessages: input => pageOf(shown, input), ...answers })
const entry = () => page.getByRole('menuitem', { name: 'Delete message…' })
const menuOf = async (id: string) => userEvent.click(await shownRow(id), { button: 'right' })

test('one’s own message is deleted once that is confirmed, and a quiet line keeps its place', async () => {
  const { bridge, inputsOf } = await open()
  await menuOf('m4')
  await entry().click()
  const dialog = page.getByRole('dialog', { name: 'Delete this message?' })
  await expect.element(dialog.getByRole('button', { name: 'Keep it' })).toHaveFocus()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.poll(() => inputsOf('deleteMessage')).toEqual([{ room: own.room, id: own.id }])
  await expect.element(page.getByText('oops')).toBeVisible()
  const left = { ...own, type: 'DELETED', content: '', delivery: null }
  bridge.tell(stored(left, 'deleted'))
  await expect.element(page.getByText('This message was deleted')).toBeVisible()
  await expect.element(page.getByText('oops')).not.toBeInTheDocument()
  await expect.poll(() => row('m4')?.querySelector('[role=img]')).toBeNull()
  await menuOf('m4')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
})

test('the message of somebody else, one that has not gone out, and another server have no such entry', async () => {
  const queued = aMessage(5, { own: true, delivery: 'queued' })
  const { bridge } = await open({}, {}, [...all, queued])
  for (const id of ['m1', 'm5']) {
    await menuOf(id)
    await expect.element(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
    await expect.element(entry()).not.toBeInTheDocument()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  }
  bridge.tell({ name: 'serverChanged', payload: aServer({ kind: 'stomp' }) })
  await menuOf('m4')
  await expect.element(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
  await expect.element(entry()).not.toBeInTheDocument()
})

test('without a connection the entry says why it can’t be chosen', async () => {
  const connections = { [aServer().id]: { phase: 'off' as const } }
  await open({ messenger: { ...aSnapshot().messenger, connections } })
  await menuOf('m4')
  const offline = page.getByRole('menuitem', { name: 'Delete message… Not connected' })
  await expect.element(offline).toHaveAttribute('aria-disabled', 'true')
})

test('what the host refuses is told', async () => {
  const deleteMessage = () => Promise.reject(new Failure('not-allowed'))
  await open({}, { deleteMessage })
  await menuOf('m4')
  await entry().click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect.element(page.getByText(/Your role in this room does not allow that/)).toBeVisible()
  await expect.element(page.getByText('oops')).toBeVisible()
})

test('the keyboard goes along the messages, to the menu, to the dialog, and back to the message', async () => {
  const { inputsOf } = await open()
  await shownRow('m4')
  list().element().focus()
  const focused = () => (document.activeElement as HTMLElement | null)?.dataset.message
  for (const [key, id] of [
    ['ArrowUp', 'm4'],
    ['ArrowUp', 'm3'],
    ['ArrowUp', 'm2'],
    ['ArrowDown', 'm3'],
    ['ArrowDown', 'm4'],
    ['ArrowDown', 'm4'],
  ] as const) {
    await userEvent.keyboard(`{${key}}`)
    await expect.poll(focused).toBe(id)
  }
  const askForMenu = async () => {
    await userEvent.keyboard('{Shift>}{F10}{/Shift}')
    await expect.element(entry()).toBeVisible()
    await focusWithin('menu')
  }
  await askForMenu()
  await userEvent.keyboard('{Escape}')
  await expect.poll(focused).toBe('m4')
  await askForMenu()
  await userEvent.keyboard('{ArrowUp}')
  await expect.element(entry()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('button', { name: 'Keep it' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(focused).toBe('m4')
  expect(inputsOf('deleteMessage')).toEqual([])
  await userEvent.keyboard('x')
  await expect
    .element(page.getByRole('textbox', { name: `Message to #${aRoom('general').name}` }))
    .toHaveFocus()
})

test.each(['owner', 'moderator', 'member'] as const)(
  'the message of somebody else is deleted by those who may: %s',
  async role => {
    const general = aRoom('general')
    const members = { room: general.key, role, presence: false, members: [] }
    const { inputsOf } = await open({ members })
    await menuOf('m1')
    await expect.element(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
    if (role === 'member') {
      await expect.element(entry()).not.toBeInTheDocument()
      return
    }
    await entry().click()
    const dialog = page.getByRole('dialog', { name: 'Delete the message of 이서연?' })
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => inputsOf('deleteMessage')).toEqual([{ room: general.key, id: 'm1' }])
  },
)
