import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Failure } from '../../../shared/contract/errors.ts'
import { aMessage, aRoom, aServer } from '../../shared/contract/examples.ts'
import { openWindow } from '../open-window.tsx'

const title = (name: string) => page.getByRole('heading', { level: 1, name })

test('a room is made, and opens when the messenger tells of it', async () => {
  const { bridge, inputsOf } = await openWindow({}, { createRoom: () => aRoom('봄-워크숍').key })
  await page.getByRole('button', { name: 'New room' }).click()
  await expect.element(page.getByRole('textbox', { name: 'Room name' })).toHaveFocus()
  const create = page.getByRole('button', { name: 'Create' })
  await expect.element(create).toBeDisabled()
  await userEvent.keyboard('봄-워크숍')
  await create.click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect
    .poll(() => inputsOf('createRoom'))
    .toEqual([{ serverId: 's1', name: '봄-워크숍', kind: 'public' }])
  bridge.tell({ name: 'roomChanged', payload: aRoom('봄-워크숍') })
  await expect.element(title('봄-워크숍')).toBeVisible()
})

test('a room that can’t be made says why in its dialog', async () => {
  const refuse = () => {
    throw new Failure('offline')
  }
  await openWindow({}, { createRoom: refuse })
  await page.getByRole('button', { name: 'New room' }).click()
  await page.getByRole('textbox', { name: 'Room name' }).fill('new')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^You are not connected to this server/)
})

test('a room is made once, however often Enter is pressed', async () => {
  let answer = (): void => undefined
  const answered = new Promise<void>(resolve => {
    answer = resolve
  })
  const { inputsOf } = await openWindow({}, { createRoom: () => answered.then(() => aRoom('new').key) })
  await page.getByRole('button', { name: 'New room' }).click()
  await page.getByRole('textbox', { name: 'Room name' }).fill('new')
  await userEvent.keyboard('{Enter}{Enter}')
  await expect.element(page.getByRole('button', { name: 'Create' })).toBeDisabled()
  answer()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(() => inputsOf('createRoom')).toHaveLength(1)
})

test('a room that was left is joined again from the list of all rooms', async () => {
  const left = aRoom('left', { joined: false, topic: 'what was said before' })
  const { bridge, inputsOf } = await openWindow({ messenger: { rooms: [aRoom('general'), left] } })
  await page.getByRole('button', { name: 'Browse rooms' }).click()
  await expect.element(page.getByText('what was said before')).toBeVisible()
  await page.getByRole('button', { name: 'Join: left' }).click()
  await expect.poll(() => inputsOf('joinRoom')).toEqual([{ room: 's1/left' }])
  bridge.tell({ name: 'roomChanged', payload: { ...left, joined: true } })
  await expect.element(title('left')).toBeVisible()
})

test('where every room is joined, that is said', async () => {
  await openWindow()
  await page.getByRole('button', { name: 'Browse rooms' }).click()
  await expect.element(page.getByText('You have joined every room on this server.')).toBeVisible()
})

test('a Stompbox host without a joined room offers its rooms', async () => {
  await openWindow({ messenger: { rooms: [aRoom('left', { joined: false })] } })
  await page.getByRole('main').getByRole('button', { name: 'Browse rooms' }).click()
  await expect.element(page.getByRole('button', { name: 'Join: left' })).toBeVisible()
})

test('any other broker offers to open a room', async () => {
  await openWindow({ messenger: { servers: [aServer({ kind: 'stomp' })], rooms: [] } })
  await page.getByRole('main').getByRole('button', { name: 'Open a room' }).click()
  await expect.element(page.getByText(/^Replaces \{roomId\}/)).toBeVisible()
})

test('a name of any length and any characters shows as it is typed', async () => {
  const name = '<img src=x onerror=alert(1)>'.repeat(2)
  await openWindow({ messenger: { rooms: [aRoom('a', { name })] } })
  await expect.element(title(name)).toBeVisible()
  expect(document.querySelector('main img')).toBeNull()
  const row = page.getByRole('complementary').getByRole('button', { name })
  await expect.element(row).toBeVisible()
  expect(row.element().scrollWidth).toBe(row.element().clientWidth)
})

test('a private room is made by a switch, which only a Stompbox host has', async () => {
  const { inputsOf } = await openWindow({}, { createRoom: () => aRoom('plans').key })
  await page.getByRole('button', { name: 'New room' }).click()
  await page.getByRole('textbox', { name: 'Room name' }).fill('plans')
  await page.getByRole('switch', { name: 'Private room' }).click()
  await expect
    .element(page.getByText('Only people you invite can see it. The server stores its messages unencrypted.'))
    .toBeVisible()
  await page.getByRole('button', { name: 'Create private room' }).click()
  await expect
    .poll(() => inputsOf('createRoom'))
    .toEqual([{ serverId: 's1', name: 'plans', kind: 'private' }])
})

test('a room of any other broker is never private', async () => {
  await openWindow({ messenger: { servers: [aServer({ kind: 'stomp' })], rooms: [] } })
  await page.getByRole('main').getByRole('button', { name: 'Open a room' }).click()
  await expect.element(page.getByRole('textbox', { name: 'Room name' })).toBeVisible()
  await expect.element(page.getByRole('switch')).not.toBeInTheDocument()
})

test('private rooms have a lock; people stand under a heading of their own, after the rooms', async () => {
  const rooms = [
    aRoom('d', { name: '이서연', kind: 'direct', personId: 'seoyeon' }),
    aRoom('p', { name: '급여', kind: 'private' }),
    aRoom('general'),
  ]
  await openWindow({ messenger: { rooms } })
  const list = page.getByRole('navigation', { name: '한빛 스튜디오' })
  await expect.element(list.getByRole('button', { name: 'Private room 급여' })).toBeVisible()
  const people = list.getByRole('group', { name: 'People' })
  await people.getByRole('button', { name: '이서연' }).click()
  await expect.element(title('이서연')).toBeVisible()
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
  await expect.element(title('general')).toBeVisible()
  const names = () =>
    list
      .getByRole('button')
      .elements()
      .map(button => button.getAttribute('title'))
      .filter(Boolean)
  await expect.poll(names).toEqual(['general', '급여', '이서연'])
})

test('what one person has written to the other alone is for them', async () => {
  const direct = aRoom('d', { name: '이서연', kind: 'direct', personId: 'seoyeon', unread: 2 })
  await openWindow({ messenger: { rooms: [aRoom('general'), direct] } })
  const item = page.getByRole('group', { name: 'People' }).getByRole('button')
  await expect.element(item.getByRole('img', { name: '2 unread messages' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: '한빛 스튜디오, 2 messages for you' })).toBeVisible()
})

test('a room that the person was invited to is marked as new until they look at it', async () => {
  const plans = aRoom('plans', { kind: 'private' })
  const { bridge } = await openWindow({ messenger: { rooms: [aRoom('general'), plans] } })
  const item = page.getByRole('complementary').getByRole('button', { name: /plans/ })
  bridge.tell({ name: 'roomChanged', payload: { ...plans, invitedBy: '지우' } })
  await expect.element(item.getByText('New')).toBeVisible()
  await expect.element(page.getByRole('button', { name: /, unread messages$/ })).toBeVisible()
  bridge.tell({ name: 'roomChanged', payload: plans })
  await expect.element(item.getByText('New')).not.toBeInTheDocument()
})

test('two rooms of one name are told apart in the list and in the head', async () => {
  const rooms = [aRoom('plans', { name: 'Plans', topic: 'ours' }), aRoom('plans-2', { name: 'Plans' })]
  await openWindow({ messenger: { rooms } })
  const list = page.getByRole('navigation', { name: '한빛 스튜디오' })
  await expect.element(list.getByRole('button', { name: 'Plans plans-2' })).toBeVisible()
  await expect.element(page.getByRole('main').getByText('plans · ours')).toBeVisible()
})

test('of many rooms the current one is in sight', async () => {
  const rooms = Array.from({ length: 60 }, (_, n) => aRoom(`room-${n}`))
  const { store } = await openWindow({ messenger: { rooms } })
  store.getState().openRoom(aRoom('room-58').key)
  const inSight = (id: string) => {
    const item = document.querySelector(`nav [title="${id}"]`)
    const [at, frame] = [item, item?.closest('nav')].map(each => each?.getBoundingClientRect())
    return at && frame && at.top >= frame.top && at.bottom <= frame.bottom
  }
  await expect.poll(() => inSight('room-58')).toBe(true)
  store.getState().openRoom(aRoom('room-0').key)
  await expect.poll(() => inSight('room-0')).toBe(true)
})

test('what rooms there are is not claimed without a connection, nor of a server that has no list', async () => {
  const messenger = { connections: { [aServer().id]: { phase: 'off' as const } }, rooms: [] }
  const { bridge } = await openWindow({ messenger })
  await page.getByRole('complementary').getByRole('button', { name: 'Browse rooms' }).click()
  await expect.element(page.getByText(/^You are not connected\./)).toBeVisible()
  bridge.tell({ name: 'serverChanged', payload: aServer({ kind: 'stomp' }) })
  await expect.element(page.getByText(/^This server has no list of rooms\./)).toBeVisible()
})

test('a person has one colour for everybody, themselves included', async () => {
  const own = aMessage(1, { own: true, sender: '박지우', senderId: 'p1' })
  const listMessages = () => ({ messages: [own], hasEarlier: false, hasLater: false })
  await openWindow({}, { listMessages })
  await expect.element(page.getByText('message 1')).toBeVisible()
  const hues = () => [...document.querySelectorAll<HTMLElement>('[data-hue]')].map(face => face.dataset.hue)
  await expect.poll(() => new Set(hues()).size).toBe(1)
  const [mine] = hues()
  await openWindow(
    { messenger: { person: { name: '이서연' } } },
    {
      listMessages: () => ({ messages: [{ ...own, own: false }], hasEarlier: false, hasLater: false }),
    },
  )
  await expect.element(page.getByText('message 1')).toBeVisible()
  await expect.poll(hues).toContain(mine)
})
