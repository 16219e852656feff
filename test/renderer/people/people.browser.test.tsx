import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { OutputOf } from '../../../shared/contract/api.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import type { WatchLevel } from '../../../shared/contract/window-commands.ts'
import type { Member, Role } from '../../../shared/contract/model.ts'
import { aMessage, aRoom, aServer } from '../../shared/contract/examples.ts'
import { focusWithin, openWindow, overflow } from '../open-window.tsx'

const plans = aRoom('plans', { kind: 'private' })
const member = (name: string, change: Partial<Member> = {}): Member => ({
  personId: name,
  name,
  standing: 'member',
  here: false,
  own: false,
  ...change,
})
const jiwoo = member('박지우', { standing: 'owner', here: true, own: true })

/** The window on a private room with these people, the person's role in it being `role`. */
const openPlans = async (
  members: Member[],
  role: Role = 'owner',
  answers: Parameters<typeof openWindow>[1] = {},
  size?: [number, number],
) => {
  const known = { room: plans.key, role, presence: true, members }
  const opened = await openWindow({ messenger: { rooms: [plans] }, members: known }, answers, size)
  await page.getByRole('button', { name: /^People: / }).click()
  await expect.element(panel).toBeVisible()
  return opened
}
const panel = page.getByRole('complementary', { name: 'People' })
const row = (name: string) => panel.getByRole('button', { name, exact: false })

test('the people are told from the room that is open, and who is here only while they are shown', async () => {
  const { inputsOf } = await openPlans([jiwoo, member('이서연', { here: true }), member('민준')])
  await expect
    .element(panel.getByRole('region', { name: 'Here now · 2' }))
    .toMatchTextContent(/박지우.*이서연/)
  await expect.element(panel.getByRole('region', { name: 'Not here · 1' })).toMatchTextContent(/민준/)
  await userEvent.keyboard('{Escape}')
  await expect.element(panel).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'People: 3 members' })).toHaveFocus()
  const at = (level: WatchLevel) => ({ rooms: [{ room: plans.key, level }] })
  await expect.poll(() => inputsOf('watchRooms')).toEqual([at('open'), at('people'), at('open')])
})

test('an owner gives roles, removes and bans; the list is one tab stop', async () => {
  const { inputsOf } = await openPlans([jiwoo, member('이서연', { here: true }), member('민준')])
  await panel.getByRole('button', { name: 'Invite' }).click()
  await userEvent.tab()
  await expect.element(row('이서연')).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(row('민준')).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await page.getByRole('menuitem', { name: 'Make moderator' }).click()
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await row('민준').click()
  await page.getByRole('menuitem', { name: 'Ban from room' }).click()
  const about = { room: plans.key, personId: '민준' }
  await expect.poll(() => inputsOf('setRole')).toEqual([{ ...about, role: 'moderator' }])
  await expect.poll(() => inputsOf('banMember')).toEqual([{ ...about, banned: true }])
})

test('who may decide nothing can write to somebody, and no more', async () => {
  await openPlans([{ ...jiwoo, standing: 'member' }, member('이서연', { standing: 'owner' })], 'member')
  await expect.element(panel.getByRole('textbox')).not.toBeInTheDocument()
  await row('이서연').click()
  await expect.element(page.getByRole('menuitem', { name: 'Send a message' })).toBeVisible()
  await expect.poll(() => page.getByRole('menuitem').elements()).toHaveLength(1)
})

test('a menu that Escape closes leaves the people open', async () => {
  await openPlans([jiwoo, member('이서연')])
  await row('이서연').click()
  await expect.element(page.getByRole('menu')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await expect.element(row('이서연')).toHaveFocus()
})

test('somebody is invited by name; a name that nobody has is said', async () => {
  const refuse = (): OutputOf<'inviteMember'> => {
    throw new Failure('not-found')
  }
  const { inputsOf } = await openPlans([jiwoo], 'owner', { inviteMember: refuse })
  await panel.getByRole('textbox', { name: 'Invite by name' }).fill(' 서연 ')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf('inviteMember')).toEqual([{ room: plans.key, name: '서연' }])
  await expect.element(panel.getByRole('alert')).toMatchTextContent(/^No one on this server is called 서연/)
})

test('a name that is typed while an invitation is on its way stays', async () => {
  const invited = Promise.withResolvers<null>()
  const { inputsOf } = await openPlans([jiwoo], 'owner', { inviteMember: () => invited.promise })
  const field = panel.getByRole('textbox', { name: 'Invite by name' })
  const invite = panel.getByRole('button', { name: 'Invite' })
  await field.fill('서연')
  await invite.click()
  await expect.poll(() => inputsOf('inviteMember')).toHaveLength(1)
  await expect.element(invite).toBeDisabled()
  await field.fill('민준')
  invited.resolve(null)
  await expect.element(invite).toBeEnabled()
  await expect.element(field).toHaveValue('민준')
  await invite.click()
  await expect.poll(() => inputsOf('inviteMember').at(-1)).toEqual({ room: plans.key, name: '민준' })
  await expect.element(field).toHaveValue('')
})

test('a refusal is said as a sentence', async () => {
  const refuse = (): OutputOf<'setRole'> => {
    throw new Failure('not-allowed')
  }
  await openPlans([jiwoo, member('이서연')], 'owner', { setRole: refuse })
  await row('이서연').click()
  await page.getByRole('menuitem', { name: 'Make owner' }).click()
  await expect.element(page.getByText(/^Your role in this room does not allow that/)).toBeVisible()
})

test('a direct room opens from the name beside a message, not from one’s own', async () => {
  const direct = aRoom('d', { name: '이서연', kind: 'direct', personId: 'seoyeon' })
  const messages = [aMessage(1), aMessage(2, { own: true, sender: '박지우', senderId: 'me' })]
  const { bridge, inputsOf } = await openWindow(
    {},
    {
      listMessages: () => ({ messages, hasEarlier: false, hasLater: false }),
      openDirectRoom: () => direct.key,
    },
  )
  const log = page.getByRole('log')
  await expect.element(log.getByText('박지우')).toBeVisible()
  await expect.element(log.getByRole('button', { name: '박지우' })).not.toBeInTheDocument()
  await log.getByText('이서연').click()
  await page.getByRole('menuitem', { name: 'Send a message' }).click()
  await expect.poll(() => inputsOf('openDirectRoom')).toEqual([{ serverId: 's1', personId: 'seoyeon' }])
  bridge.tell({ name: 'roomChanged', payload: direct })
  await expect.element(page.getByRole('heading', { level: 1, name: '이서연' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^People/ })).not.toBeInTheDocument()
})

test('the keyboard gets to the sender of a message by its menu', async () => {
  const messages = [aMessage(1), aMessage(2, { own: true, sender: '박지우', senderId: 'me' })]
  const { inputsOf } = await openWindow(
    {},
    { listMessages: () => ({ messages, hasEarlier: false, hasLater: false }) },
  )
  const log = page.getByRole('log')
  await expect.element(log.getByText('message 1')).toBeVisible()
  log.element().focus()
  const write = page.getByRole('menuitem', { name: /^Send a message\s*이서연$/u })
  const askForMenu = async () => {
    await userEvent.keyboard('{ArrowUp}{Shift>}{F10}{/Shift}')
    await expect.element(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
    await focusWithin('menu')
  }
  await askForMenu()
  await expect.element(write).not.toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await askForMenu()
  // Not by arrows: whether the first entry has the focus already depends on where a pointer last moved.
  await userEvent.keyboard('{End}')
  await expect.element(write).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf('openDirectRoom')).toEqual([{ serverId: 's1', personId: 'seoyeon' }])
})

test('however long a name is, a menu says what its entries do', async () => {
  const name = 'Alexandra Papadopoulou-Winterbottom-Smythe'
  const messages = [aMessage(1, { sender: name })]
  await openWindow({}, { listMessages: () => ({ messages, hasEarlier: false, hasLater: false }) })
  await page.getByRole('log').getByText('message 1').click({ button: 'right' })
  const label = page.getByRole('menuitem').getByText('Send a message')
  await expect.element(label).toBeVisible()
  const { scrollWidth, clientWidth } = label.element()
  expect(scrollWidth).toBe(clientWidth)
  const note = page.getByRole('menuitem').getByText(name)
  expect(note.element().scrollWidth).toBeGreaterThan(note.element().clientWidth)
})

test('nothing of it is there on other brokers', async () => {
  const answers = {
    listMessages: () => ({ messages: [aMessage(1)], hasEarlier: false, hasLater: false }),
  }
  await openWindow({ messenger: { servers: [aServer({ kind: 'stomp' })] } }, answers)
  const log = page.getByRole('log')
  await expect.element(log.getByText('이서연')).toBeVisible()
  await expect.element(log.getByRole('button')).not.toBeInTheDocument()
  await log.getByText('message 1').click({ button: 'right' })
  await expect.element(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
  await expect.poll(() => page.getByRole('menuitem').elements()).toHaveLength(1)
  await expect.element(page.getByRole('button', { name: /^People/ })).not.toBeInTheDocument()
})

test('in a small window the people take the place of the rooms, and long names are cut', async () => {
  const name = 'Alexandra Papadopoulou-Winterbottom-von-Hohenzollern-Sigmaringen'
  await openPlans([jiwoo, member(name, { standing: 'moderator' })], 'owner', {}, [900, 600])
  await expect.element(page.getByRole('navigation', { name: '한빛 스튜디오' })).not.toBeInTheDocument()
  await expect.poll(() => panel.element().getBoundingClientRect().width).toBe(380)
  expect(row(name).element().scrollWidth).toBe(row(name).element().clientWidth)
  expect(overflow()).toEqual({ x: 0, y: 0 })
})

test('an empty private room leads to its people, for who may invite; a direct room is written to by name', async () => {
  const known = { room: plans.key, role: 'owner' as const, presence: false, members: [jiwoo] }
  const direct = aRoom('d', { name: '이서연', kind: 'direct', personId: 'seoyeon' })
  const { store } = await openWindow({ messenger: { rooms: [plans, direct] }, members: known })
  await page.getByRole('button', { name: 'Invite people' }).click()
  await expect.element(panel.getByRole('textbox', { name: 'Invite by name' })).toBeVisible()
  await expect.element(panel.getByRole('region')).not.toBeInTheDocument()
  store.getState().openRoom(direct.key)
  await expect.element(page.getByRole('textbox', { name: 'Message to 이서연' })).toBeVisible()
  await expect.element(page.getByRole('log', { name: 'Messages with 이서연' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Invite people' })).not.toBeInTheDocument()
})

test('the end of what was said stays in view while the people are shown and hidden', async () => {
  const long = 'A sentence that needs more lines the less room there is for it. '.repeat(4)
  const messages = Array.from({ length: 60 }, (_, at) => aMessage(at + 1, { content: `${at} ${long}` }))
  const draft =
    'What is half written takes a second line where there is less room for it, as here in this room.'
  await openWindow(
    { messenger: { rooms: [aRoom('general', { draft })] } },
    { listMessages: () => ({ messages, hasEarlier: false, hasLater: false }) },
  )
  const log = page.getByRole('log')
  const belowFold = () => {
    const { scrollHeight, scrollTop, clientHeight } = log.element()
    return scrollHeight - scrollTop - clientHeight
  }
  await expect.element(log.getByText(`59 ${long.trim()}`)).toBeVisible()
  await expect.poll(belowFold).toBeLessThan(1)
  await page.getByRole('button', { name: 'People', exact: true }).click()
  await expect.poll(() => log.element().clientWidth).toBeLessThan(600)
  await expect.poll(belowFold).toBeLessThan(1)
  await page.getByRole('button', { name: 'People', exact: true }).click()
  await expect.poll(() => log.element().clientWidth).toBeGreaterThan(900)
  await expect.poll(belowFold).toBeLessThan(1)
})

test('in the smallest window at 125 % nothing covers the head of the room, nor a menu that it opens', async () => {
  await openPlans([jiwoo], 'owner', {}, [720, 480])
  expect(overflow()).toEqual({ x: 0, y: 0 })
  const isOnTop = (element: Element): boolean => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))
  }
  const covered = (elements: Element[]) => elements.filter(element => !isOnTop(element))
  const heads = () => [...document.querySelectorAll('main button')]
  await expect.poll(() => heads().length).toBeGreaterThan(2)
  await expect.poll(() => covered(heads())).toEqual([])
  await page.getByRole('button', { name: 'Room menu' }).click()
  const entries = () => page.getByRole('menuitem').elements()
  await expect.poll(() => entries().length).toBeGreaterThan(1)
  await expect.poll(() => covered(entries())).toEqual([])
})
