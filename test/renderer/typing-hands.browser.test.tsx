/** Nothing moves the person, or takes what they type, but what they did themselves. */
import { expect, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import type { Member } from '../../shared/contract/model.ts'
import { aRoom, aServer } from '../shared/contract/examples.ts'
import { commit, compose } from './composer/input-method.ts'
import { openWindow } from './open-window.tsx'
import { aDesktop } from './window-bridge.ts'

const plans = aRoom('plans', { kind: 'private' })
const general = aRoom('general')
const me: Member = { personId: 'me', name: '박지우', standing: 'owner', here: true, own: true }
const members = { room: plans.key, role: 'owner', presence: true, members: [me] } as const
const composer = (room: string) => page.getByRole('textbox', { name: `Message to #${room}` })
const invite = page.getByRole('textbox', { name: 'Invite by name' })
const title = (name: string) => page.getByRole('heading', { level: 1, name })
const dialog = page.getByRole('dialog')
const roomName = page.getByRole('textbox', { name: 'Room name' })
const newRoom = async () => {
  await page.getByRole('button', { name: 'New room' }).click()
  await expect.element(roomName).toHaveFocus()
}

const openPlans = (answers: Parameters<typeof openWindow>[1] = {}) =>
  openWindow({ messenger: { rooms: [plans, general] }, members: { ...members, members: [me] } }, answers)

test('Invite people puts the focus into the field, and the name is not posted', async () => {
  const { store, inputsOf } = await openPlans()
  store.getState().openRoom(plans.key)
  await page.getByRole('button', { name: 'Invite people' }).click()
  await expect.element(invite).toHaveFocus()
  await userEvent.keyboard('이서연{Enter}')
  await expect.poll(() => inputsOf('inviteMember')).toEqual([{ room: plans.key, name: '이서연' }])
  expect(inputsOf('sendMessage')).toEqual([])
})

test('what is typed into the list of people goes nowhere else', async () => {
  const { store, inputsOf } = await openPlans()
  store.getState().openRoom(plans.key)
  await page.getByRole('button', { name: /^People: / }).click()
  await expect.element(page.getByRole('complementary', { name: 'People' })).toHaveFocus()
  await userEvent.keyboard('secret{Enter}')
  await expect.element(composer('plans')).toHaveValue('')
  expect(inputsOf('sendMessage')).toEqual([])
})

test('a field that goes under the typing hand takes its text along', async () => {
  const { bridge, store, inputsOf } = await openPlans()
  store.getState().openRoom(plans.key)
  await page.getByRole('button', { name: 'Invite people' }).click()
  await expect.element(invite).toHaveFocus()
  await userEvent.keyboard('이서')
  bridge.tell({
    name: 'membersChanged',
    payload: { room: plans.key, members: { ...members, role: 'member', members: [me] } },
  })
  await expect.element(invite).not.toBeInTheDocument()
  await userEvent.keyboard('secret{Enter}')
  await expect.element(composer('plans')).toHaveValue('')
  expect(inputsOf('sendMessage')).toEqual([])
  await page.getByRole('main').click({ position: { x: 20, y: 200 } })
  await userEvent.keyboard('hello')
  await expect.element(composer('plans')).toHaveValue('hello')
})

test('the list of people that comes up by itself, and a room that opens again, leave the focus alone', async () => {
  const unknown = { messenger: { rooms: [plans, general], servers: [aServer({ kind: null })] } }
  const { bridge, store } = await openWindow(unknown)
  store.getState().openRoom(plans.key)
  await expect.element(composer('plans')).toHaveFocus()
  store.getState().showMembers()
  store.getState().membersFocused()
  bridge.tell([
    { name: 'serverChanged', payload: aServer() },
    { name: 'membersChanged', payload: { room: plans.key, members: { ...members, members: [me] } } },
  ])
  await expect.element(invite).toBeVisible()
  await expect.element(composer('plans')).toHaveFocus()

  await invite.click()
  await expect.element(invite).toHaveFocus()
  bridge.tell({ name: 'roomChanged', payload: { ...plans, archived: true } })
  await expect.element(page.getByText(/^This room is archived/)).toBeVisible()
  bridge.tell({ name: 'roomChanged', payload: plans })
  await expect.element(composer('plans')).toBeVisible()
  await expect.element(invite).toHaveFocus()
})

test('Enter on the switch neither turns it back nor makes the room', async () => {
  const { inputsOf } = await openPlans()
  await newRoom()
  await userEvent.keyboard('salaries 2025')
  await userEvent.tab()
  const isPrivate = page.getByRole('switch', { name: 'Private room' })
  await expect.element(isPrivate).toHaveFocus()
  await userEvent.keyboard(' ')
  await expect.element(isPrivate).toBeChecked()
  await userEvent.keyboard('{Enter}{Enter}')
  await expect.element(isPrivate).toBeChecked()
  await expect.element(dialog).toBeVisible()
  expect(inputsOf('createRoom')).toEqual([])
  await page.getByRole('button', { name: 'Create private room' }).click()
  await expect
    .poll(() => inputsOf('createRoom'))
    .toEqual([{ serverId: 's1', name: 'salaries 2025', kind: 'private' }])
})

test('a direct room that is slow to open does not move somebody who types', async () => {
  const answer = Promise.withResolvers<typeof general.key>()
  const { bridge, store, inputsOf } = await openPlans({ openDirectRoom: () => answer.promise })
  store.getState().openRoom(plans.key)
  const seoyeon: Member = { ...me, personId: 's', name: '이서연', standing: 'member', own: false }
  bridge.tell({
    name: 'membersChanged',
    payload: { room: plans.key, members: { ...members, members: [me, seoyeon] } },
  })
  await page.getByRole('button', { name: /^People: / }).click()
  await page.getByRole('button', { name: '이서연' }).click()
  await page.getByRole('menuitem', { name: 'Send a message' }).click()
  await composer('plans').click()
  await userEvent.keyboard('half a ')
  await expect.element(composer('plans')).toHaveValue('half a ')
  const direct = aRoom('direct', { kind: 'direct', name: '이서연' })
  bridge.tell({ name: 'roomChanged', payload: direct })
  answer.resolve(direct.key)
  await expect.element(page.getByRole('button', { name: '이서연' }).first()).toBeVisible()
  await userEvent.keyboard('secret')
  await expect.element(composer('plans')).toHaveValue('half a secret')
  await expect.poll(() => inputsOf('openDirectRoom')).toHaveLength(1)
})

test('a half-typed dialog outlives a join link, which opens after it and takes no key that was meant for something else', async () => {
  const { bridge, inputsOf } = await openPlans()
  await newRoom()
  await userEvent.keyboard('half a na')
  const link = 'stompbox://join?url=ws%3A%2F%2F10.0.0.1%3A7070%2Fstomp'
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await expect.element(page.getByText(/^Something you opened is waiting/)).toBeVisible()
  await userEvent.keyboard('me')
  await expect.element(roomName).toHaveValue('half a name')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog', { name: 'Join with a link' })).toHaveFocus()
  await userEvent.keyboard(' {Enter}x')
  expect(inputsOf('addServer')).toEqual([])
  await expect.element(page.getByRole('textbox', { name: 'Invitation link' })).toHaveValue(link)
})

test('a question about one room goes when a notification opens another', async () => {
  const { bridge, store, inputsOf } = await openPlans()
  store.getState().openRoom(plans.key)
  store.getState().openDialog({ name: 'archive-room', room: plans.key })
  await expect.element(dialog).toBeVisible()
  bridge.tell({ name: 'roomRequested', payload: { room: general.key } })
  await expect.element(title('general')).toBeVisible()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(composer('general')).toHaveFocus()
  expect(inputsOf('archiveRoom')).toEqual([])
})

const session = () => cdp() as unknown as { send(method: string, params: object): Promise<unknown> }
/** A key that is pressed while the input method composes: it has the method's key code, and its place on the keyboard. */
const pressComposing = async (code: string, modifiers = 0, times = 1): Promise<void> => {
  const key = { key: 'Process', code, windowsVirtualKeyCode: 229, modifiers }
  for (let n = 0; n < times; n++)
    await session().send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await session().send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}
const [alt, ctrl] = [1, 2]

test.each([
  ['Ctrl+K', 'KeyK', ctrl, () => page.getByRole('combobox')],
  ['Ctrl+comma', 'Comma', ctrl, () => title('Appearance')],
  ['Ctrl+N', 'KeyN', ctrl, () => roomName],
  ['Alt+Down', 'ArrowDown', alt, () => title('plans')],
])('%s works with an open syllable, which stays where it was typed', async (_, code, modifiers, opened) => {
  const { store, inputsOf } = await openPlans()
  store.getState().openRoom(general.key)
  await expect.element(composer('general')).toHaveFocus()
  await compose('한')
  await expect.element(composer('general')).toHaveValue('한')
  // Twice, as from input methods that give the key back after the composition.
  await pressComposing(code, modifiers, 2)
  await expect.element(opened()).toBeVisible()
  await expect.poll(() => inputsOf('saveDraft')).toEqual([{ room: general.key, text: '한' }])
  for (const field of page.getByRole('textbox').elements())
    if (field instanceof HTMLInputElement) expect(field.value).toBe('')
})

test('the keys of an input method that is still choosing are its own', async () => {
  const { store } = await openPlans()
  store.getState().openRoom(general.key)
  await expect.element(composer('general')).toHaveFocus()
  await compose('にほん')
  await pressComposing('KeyK', ctrl)
  await pressComposing('ArrowDown', alt)
  await expect.element(composer('general')).toHaveValue('にほん')
  expect(store.getState()).toMatchObject({ search: null, view: { room: general.key } })
})

test('with Ctrl+Enter as the send key an open syllable is sent at once', async () => {
  const { bridge, store, inputsOf } = await openPlans()
  bridge.tell({ name: 'settingsChanged', payload: { ...aDesktop().settings, sendKey: 'mod-enter' } })
  store.getState().openRoom(general.key)
  await expect.element(composer('general')).toHaveFocus()
  await userEvent.keyboard('안')
  await compose('녕')
  await expect.element(composer('general')).toHaveValue('안녕')
  await pressComposing('Enter', ctrl)
  await expect.poll(() => inputsOf('sendMessage')).toEqual([{ room: general.key, content: '안녕' }])
  await expect.element(composer('general')).toHaveValue('')
  await expect.element(composer('general')).toHaveFocus()
  await userEvent.keyboard('x')
  await expect.element(composer('general')).toHaveValue('x')
})

test('Escape closes the search with an open syllable, which does not land in the composer', async () => {
  const { store } = await openPlans()
  store.getState().openRoom(general.key)
  store.getState().openSearch()
  await expect.element(page.getByRole('combobox')).toHaveFocus()
  await compose('한')
  await expect.element(page.getByRole('combobox')).toHaveValue('한')
  await pressComposing('Escape')
  await expect.element(composer('general')).toHaveFocus()
  await expect.element(composer('general')).toHaveValue('')
})

test('in a dialog, and while a name is typed to invite, Escape ends the composition alone', async () => {
  const { store } = await openPlans()
  store.getState().openRoom(plans.key)
  await newRoom()
  await compose('방')
  await pressComposing('Escape')
  await expect.element(roomName).toHaveValue('방')
  await commit('방')
  await expect.element(roomName).toHaveValue('방')
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()

  await page.getByRole('button', { name: 'Invite people' }).click()
  await expect.element(invite).toHaveFocus()
  await compose('이')
  await pressComposing('Escape')
  await expect.element(invite).toHaveValue('이')
})
