/** A room that closes under somebody who writes in it. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AppEvent, InputOf } from '../../../shared/contract/api.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import { aMessage, aRoom, aServer } from '../../shared/contract/examples.ts'
import { openWindow, overflow } from '../open-window.tsx'
import { commit, compose } from './input-method.ts'

const plans = aRoom('plans', { kind: 'private' })
const general = aRoom('general')
const field = () => page.getByRole('textbox')
const title = (name: string) => page.getByRole('heading', { level: 1, name })
const roomChanged = (change: Partial<typeof plans>): AppEvent => ({
  name: 'roomChanged',
  payload: { ...plans, ...change },
})

/** The window on the private room `plans`, in which half a sentence is typed; a public room is beside it. */
const openPlans = async (typed = 'the salaries are ', size?: [number, number]) => {
  let asked = 0
  const listMessages = () => {
    // Later the cache may not know the room any more.
    if (++asked > 2) throw new Failure('not-found')
    return { messages: [aMessage(1)], hasEarlier: false, hasLater: false }
  }
  const opened = await openWindow({ messenger: { rooms: [general, plans] } }, { listMessages }, size)
  opened.store.getState().openRoom(plans.key)
  await expect.element(title('plans')).toBeVisible()
  await expect.element(field()).toHaveFocus()
  if (typed !== '') await userEvent.keyboard(typed)
  return opened
}

test.each<[happened: string, events: AppEvent[], says: RegExp]>([
  ['removed', [roomChanged({ joined: false, absence: 'removed' })], /^You were removed from this room\./],
  ['banned', [roomChanged({ joined: false, absence: 'banned' })], /^You were banned from this room\./],
  ['deleted', [roomChanged({ joined: false, absence: 'gone' })], /^This room is no longer available/],
  ['forgotten', [{ name: 'roomRemoved', payload: { room: plans.key } }], /^This room is no longer available/],
  ['archived', [roomChanged({ archived: true })], /^This room is archived\./],
  [
    'its server removed',
    [
      { name: 'roomRemoved', payload: { room: plans.key } },
      { name: 'serverRemoved', payload: { id: aServer().id } },
    ],
    /^The server of this room was removed/,
  ],
])(
  '%s while typing: the view stays, says so, keeps the text and takes nothing more',
  async (_, events, says) => {
    const { bridge, inputsOf } = await openPlans()
    bridge.tell(events)
    await expect.element(page.getByText(says)).toBeVisible()
    await userEvent.keyboard('a secret{Enter}')
    await expect.element(title('plans')).toBeVisible()
    await expect.element(page.getByText('message 1')).toBeVisible()
    await expect.element(field()).toHaveValue('the salaries are ')
    await expect.element(field()).toHaveFocus()
    await expect.element(page.getByRole('button', { name: 'Send' })).not.toBeInTheDocument()
    await page.getByRole('button', { name: 'Copy text' }).click()
    await userEvent.keyboard('more{Enter}')
    await expect.poll(() => inputsOf('copyText')).toEqual([{ text: 'the salaries are ' }])
    expect(inputsOf('sendMessage')).toEqual([])
    await expect
      .poll(() => inputsOf('saveDraft').at(-1))
      .toEqual({ room: plans.key, text: 'the salaries are ' })
    const { rooms } = inputsOf('watchRooms').at(-1) as InputOf<'watchRooms'>
    expect(rooms).toContainEqual({ room: plans.key, level: 'open' })
  },
)

test('a syllable that is open when the room closes stays in the draft', async () => {
  const { bridge, inputsOf } = await openPlans('')
  await compose('급')
  await expect.element(field()).toHaveValue('급')
  bridge.tell(roomChanged({ joined: false, absence: 'removed' }))
  await expect.element(page.getByText(/^You were removed/)).toBeVisible()
  await commit('급')
  await userEvent.keyboard('{Enter}')
  await expect.element(field()).toHaveValue('급')
  await expect.element(title('plans')).toBeVisible()
  expect(inputsOf('sendMessage')).toEqual([])
})

test('let in again, the person goes on where they were', async () => {
  const { bridge, inputsOf } = await openPlans()
  bridge.tell(roomChanged({ joined: false, absence: 'removed' }))
  await expect.element(page.getByText(/^You were removed/)).toBeVisible()
  bridge.tell(roomChanged({ draft: 'the salaries are ' }))
  await expect.element(page.getByText(/^You were removed/)).not.toBeInTheDocument()
  await userEvent.keyboard('fine{Enter}')
  await expect
    .poll(() => inputsOf('sendMessage'))
    .toEqual([{ room: plans.key, content: 'the salaries are fine' }])
})

test('without a text there is only the sentence, and typing goes nowhere', async () => {
  const { bridge, inputsOf } = await openPlans('')
  bridge.tell(roomChanged({ joined: false, absence: 'removed' }))
  await expect.element(page.getByText('You were removed from this room.', { exact: true })).toBeVisible()
  await userEvent.keyboard('a secret{Enter}')
  await expect.element(field()).not.toBeInTheDocument()
  expect(inputsOf('sendMessage')).toEqual([])
})

test('a public room can be joined again from its own view', async () => {
  const { bridge, store, inputsOf } = await openPlans()
  store.getState().openRoom(general.key)
  await expect.element(title('general')).toBeVisible()
  bridge.tell({ name: 'roomChanged', payload: { ...general, joined: false, absence: 'removed' } })
  await page.getByRole('button', { name: 'Join' }).click()
  await expect.poll(() => inputsOf('joinRoom')).toEqual([{ room: general.key }])
  expect(inputsOf('sendMessage')).toEqual([])
})

test('a long draft in a small window leaves the messages in view', async () => {
  const { bridge } = await openPlans(
    '{Shift>}a{Enter}b{Enter}c{Enter}d{Enter}e{Enter}f{Enter}g{Enter}h{/Shift}',
    [900, 600],
  )
  bridge.tell(roomChanged({ joined: false, absence: 'gone' }))
  await expect.element(page.getByText(/^This room is no longer available/)).toBeVisible()
  await expect.element(page.getByText('message 1')).toBeVisible()
  expect(overflow()).toEqual({ x: 0, y: 0 })
})
