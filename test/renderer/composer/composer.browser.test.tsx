import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Failure } from '../../../shared/contract/errors.ts'
import { maxContentLength } from '../../../shared/contract/messenger-commands.ts'
import { field, list, openRoom } from '../messages/open-room.tsx'
import { aRoom, messageId, messages, stored } from '../../shared/contract/examples.ts'
import { aDesktop, type WindowBridge } from '../window-bridge.ts'
import { commit, compose, composeAll, takenEnter } from './input-method.ts'

const general = aRoom('general').key
const lunch = aRoom('lunch').key
const input = (): HTMLTextAreaElement => field().element() as HTMLTextAreaElement
const sent = (bridge: WindowBridge) => bridge.inputsOf('sendMessage')
const drafts = (bridge: WindowBridge) => bridge.inputsOf('saveDraft')
const focused = () => expect.element(field()).toHaveFocus()

test('Enter sends what was typed and empties the field; Shift+Enter breaks the line', async () => {
  const { bridge } = await openRoom([])
  await focused()
  await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two{Enter}')
  await expect.poll(() => sent(bridge)).toEqual([{ room: general, content: 'one\ntwo' }])
  await expect.element(field()).toHaveValue('')
  await userEvent.keyboard('  {Enter}{Enter}')
  await expect.element(field()).toHaveValue('  ')
  expect(sent(bridge)).toHaveLength(1)
})

test('with the other setting Enter breaks the line and Ctrl+Enter sends', async () => {
  const { bridge } = await openRoom([])
  await focused()
  bridge.tell({ name: 'settingsChanged', payload: { ...aDesktop().settings, sendKey: 'mod-enter' } })
  await expect.element(page.getByText('Ctrl', { exact: true })).toBeVisible()
  await userEvent.keyboard('one{Enter}two{Control>}{Enter}{/Control}')
  await expect.poll(() => sent(bridge)).toEqual([{ room: general, content: 'one\ntwo' }])
})

test('Ctrl+Enter breaks the line where Enter sends, at the caret', async () => {
  const { bridge } = await openRoom([])
  await focused()
  await userEvent.keyboard('ab{ArrowLeft}{Control>}{Enter}{/Control}')
  await expect.element(field()).toHaveValue('a\nb')
  expect(sent(bridge)).toEqual([])
})

test('an Enter that ends a composition sends nothing and swallows nothing', async () => {
  const { bridge } = await openRoom([])
  await focused()
  await composeAll('ㅇ', '아', '안')
  await commit('안')
  await composeAll('ㄴ', '녀', '녕')
  await expect.element(field()).toHaveValue('안녕')
  await takenEnter()
  await expect.element(field()).toHaveValue('안녕')
  expect(sent(bridge)).toEqual([])
  await commit('녕')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => sent(bridge)).toEqual([{ room: general, content: '안녕' }])
  await expect.element(field()).toHaveValue('')
})

test('where the input method hands the Enter on after its composition, one press sends the whole text once', async () => {
  const { bridge } = await openRoom([])
  await focused()
  for (const [syllable, ...steps] of [
    ['한', 'ㅎ', '하', '한'],
    ['글', 'ㄱ', '그', '글'],
  ] as const) {
    await composeAll(...steps)
    await expect.element(field()).toHaveValue(syllable)
    await takenEnter()
    await commit(syllable)
    await userEvent.keyboard('{Enter}')
    await expect.element(field()).toHaveValue('')
  }
  await expect
    .poll(() => sent(bridge))
    .toEqual([
      { room: general, content: '한' },
      { room: general, content: '글' },
    ])
})

test('a draft that comes from elsewhere, or any other change, does not touch a composition', async () => {
  const { bridge } = await openRoom([])
  await focused()
  await composeAll('ㅇ', '아', '안')
  await expect.element(field()).toHaveValue('안')
  bridge.tell({ name: 'roomChanged', payload: aRoom('general', { draft: 'another', unread: 1 }) })
  bridge.tell(messages(1, 3).map(message => stored(message)))
  await expect.element(page.getByText('message 3')).toBeVisible()
  await expect.element(field()).toHaveValue('안')
  await compose('안ㄴ')
  await commit('안녕')
  await expect.element(field()).toHaveValue('안녕')
})

test('every room has its draft: saved when the room is left, there again at once', async () => {
  const { bridge, store } = await openRoom([], { draft: 'from the cache' })
  await expect.element(field()).toHaveValue('from the cache')
  await focused()
  await userEvent.keyboard('!')
  store.getState().openRoom(lunch)
  await expect.poll(() => drafts(bridge)).toEqual([{ room: general, text: 'from the cache!' }])
  await expect.element(field()).toHaveValue('')
  await focused()
  await userEvent.keyboard('noodles')
  store.getState().openRoom(general)
  await expect.element(field()).toHaveValue('from the cache!')
  await expect.poll(() => drafts(bridge).at(-1)).toEqual({ room: lunch, text: 'noodles' })
})

test('a draft is saved while the typing rests, and cleared by sending', async () => {
  const { bridge, store } = await openRoom([])
  await focused()
  await userEvent.keyboard('half')
  await expect.poll(() => drafts(bridge).at(-1)).toEqual({ room: general, text: 'half' })
  await userEvent.keyboard(' done{Enter}')
  await expect.poll(() => sent(bridge)).toHaveLength(1)
  store.getState().openRoom(lunch)
  await expect.element(page.getByRole('heading', { name: 'lunch' })).toBeVisible()
  store.getState().openRoom(general)
  await expect.element(page.getByRole('heading', { name: 'general' })).toBeVisible()
  await expect.element(field()).toHaveValue('')
  const saysText = ({ name }: { name: string }) => name === 'saveDraft' || name === 'sendMessage'
  expect(bridge.calls.filter(saysText).at(-1)?.name).toBe('sendMessage')
})

test('a message that can not be saved comes back into the field, before what was typed since', async () => {
  const refusal = Promise.withResolvers<never>()
  const { bridge } = await openRoom([], {}, { sendMessage: () => refusal.promise })
  await focused()
  await userEvent.keyboard('first{Enter}')
  await expect.poll(() => sent(bridge)).toHaveLength(1)
  await userEvent.keyboard('second')
  await expect.element(field()).toHaveValue('second')
  refusal.reject(new Failure('disk-full'))
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^The disk is full/u)
  await expect.element(field()).toHaveValue('first\nsecond')
})

test('what is too long is not sent, and says by how much', async () => {
  const { bridge } = await openRoom([])
  await focused()
  await userEvent.fill(field(), 'x'.repeat(maxContentLength + 12))
  await expect.element(page.getByText('12 characters too long', { exact: false })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await userEvent.keyboard('{Enter}')
  expect(sent(bridge)).toEqual([])
})

test('the field grows from one row to seven, then scrolls', async () => {
  await openRoom([])
  for (const [rows, height] of [
    [1, 32],
    [3, 76],
    [7, 164],
    [30, 164],
  ] as const) {
    await userEvent.fill(field(), Array.from({ length: rows }, () => 'row').join('\n'))
    await expect.poll(() => input().clientHeight).toBe(height)
  }
  await expect.poll(() => input().scrollHeight).toBeGreaterThan(164)
})

test('typing anywhere goes into the field; in a list the keys that scroll stay its own', async () => {
  await openRoom(messages(1, 100))
  await expect.element(page.getByText('message 100')).toBeVisible()
  ;(list().element() as HTMLElement).focus()
  await userEvent.keyboard(' {PageUp}')
  await expect.element(list()).toHaveFocus()
  await userEvent.keyboard('hi')
  await expect.element(field()).toHaveValue('hi')
  await focused()
})

test('Escape goes to the newest message, but not while composing', async () => {
  await openRoom(messages(1, 200))
  await expect.element(page.getByText('message 200')).toBeVisible()
  list().element().scrollBy(0, -1000)
  const latest = page.getByRole('button', { name: 'Jump to latest' })
  await expect.element(latest).toBeVisible()
  await focused()
  await userEvent.keyboard('{Escape}')
  await expect.element(latest).not.toBeInTheDocument()
})

test('offline it says that the message waits, and takes it all the same', async () => {
  const { bridge, store } = await openRoom([], {}, { sendMessage: () => messageId('m1') })
  const { connections } = store.getState()
  const [serverId] = Object.keys(connections)
  if (!serverId) throw new Error('no server')
  bridge.tell({
    name: 'connectionChanged',
    payload: { serverId: aRoom('general').serverId, state: { phase: 'off' } },
  })
  await expect
    .element(field())
    .toHaveAttribute('placeholder', expect.stringContaining('sent when you are back online'))
  await focused()
  await userEvent.keyboard('안녕{Enter}')
  await expect.poll(() => sent(bridge)).toHaveLength(1)
})
