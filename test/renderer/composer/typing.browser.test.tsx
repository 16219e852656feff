import { expect, onTestFinished, test } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import type { InputOf } from '../../../shared/contract/api.ts'
import { aRoom, messages } from '../../shared/contract/examples.ts'
import { field, openRoom } from '../messages/open-room.tsx'
import { aDesktop, type WindowBridge } from '../window-bridge.ts'
import { compose } from './input-method.ts'

const [general, lunch] = [aRoom('general'), aRoom('lunch')]
const focused = () => expect.element(field()).toHaveFocus()
const tellTyping = (bridge: WindowBridge, names: string[], room = general.key): void =>
  bridge.tell({ name: 'typingChanged', payload: { room, names } })

test('what is typed is told, composed syllables too; blanks and an empty field are the end of it', async () => {
  const { bridge } = await openRoom([])
  await focused()
  await userEvent.keyboard('a')
  await userEvent.keyboard('{Backspace}')
  await userEvent.keyboard(' ')
  await compose('ㅇ')
  await expect
    .poll(() => bridge.inputsOf('setTyping'))
    .toEqual([true, false, false, true].map(typing => ({ room: general.key, typing })))
})

test('a draft that comes back is nothing that is typed', async () => {
  const { bridge, store } = await openRoom([], { draft: 'half a sentence' })
  await expect.element(field()).toHaveValue('half a sentence')
  store.getState().openRoom(lunch.key)
  await expect.element(field()).toHaveValue('')
  store.getState().openRoom(general.key)
  await expect.element(field()).toHaveValue('half a sentence')
  expect(bridge.inputsOf('setTyping')).toEqual([])
})

test('who types in the open room stands under the field, and nothing moves for it', async () => {
  const { bridge } = await openRoom(messages(1, 3))
  await expect.element(page.getByText('message 3')).toBeVisible()
  const place = () => field().element().getBoundingClientRect().top
  const before = place()
  tellTyping(bridge, ['남궁하늘별'])
  await expect.element(page.getByText('남궁하늘별 is typing')).toBeVisible()
  expect(place()).toBe(before)
  tellTyping(bridge, ['남궁하늘별', '<b>Ada</b>'])
  await expect.element(page.getByText('남궁하늘별 and <b>Ada</b> are typing')).toBeVisible()
  tellTyping(bridge, ['남궁하늘별', 'Ada', 'Bob'])
  await expect.element(page.getByText('Several people are typing')).toBeVisible()
  tellTyping(bridge, ['Ada'], lunch.key)
  await expect.element(page.getByText(/typing/)).not.toBeInTheDocument()
  tellTyping(bridge, ['Ada'])
  await expect.element(page.getByText('Ada is typing')).toBeVisible()
  tellTyping(bridge, [])
  await expect.element(page.getByText(/typing/)).not.toBeInTheDocument()
  expect(place()).toBe(before)
})

test('in Korean the sentence is Korean', async () => {
  const { bridge } = await openRoom([])
  bridge.tell({ name: 'settingsChanged', payload: { ...aDesktop().settings, language: 'ko' } })
  tellTyping(bridge, ['남궁하늘별'])
  await expect.element(page.getByText('남궁하늘별님이 입력 중이에요')).toBeVisible()
})

test('the window watches the open room alone closely, and not while nobody can see it', async () => {
  const { bridge, store } = await openRoom([])
  const open = () =>
    (bridge.inputsOf('watchRooms') as InputOf<'watchRooms'>[]).map(
      ({ rooms }) => rooms.find(({ level }) => level !== 'messages')?.room,
    )
  await expect.poll(open).toEqual([general.key])
  store.getState().openRoom(lunch.key)
  await expect.poll(open).toEqual([general.key, lunch.key])
  const see = (state: DocumentVisibilityState): void => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }
  onTestFinished(() => void Reflect.deleteProperty(document, 'visibilityState'))
  see('hidden')
  await expect.poll(() => open().at(-1)).toBeUndefined()
  see('visible')
  await expect.poll(() => open().at(-1)).toBe(lunch.key)
})

test('the dots move, and stand still for who wants little motion', async () => {
  const { bridge } = await openRoom([])
  tellTyping(bridge, ['Ada'])
  await expect.element(page.getByText('Ada is typing')).toBeVisible()
  const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running').length
  await expect.poll(moving).toBe(3)
  const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> }
  const prefer = (value: string) =>
    session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] })
  onTestFinished(async () => {
    await prefer('')
  })
  await prefer('reduce')
  await expect.poll(moving).toBe(0)
})
