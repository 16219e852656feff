import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { placeOfCharacter } from '../../../../renderer/messages/text/message-part.ts'
import { maxLoaded, pageSize } from '../../../../renderer/messages/list/room-window.ts'
import type { AppEvent } from '../../../../shared/contract/api.ts'
import type { Message, Room } from '../../../../shared/contract/model.ts'
import { aMessage, aRoom, messageId, messages, stored } from '../../../shared/contract/examples.ts'
import { aDesktop } from '../../window-bridge.ts'
import {
  belowFold,
  field,
  inView,
  list,
  openRoom,
  row,
  scrollBy,
  shownRow,
  topmost,
  topOf,
  twoFrames,
} from '../open-room.tsx'

/** Messages of three people, from one line to a dozen. */
const story = (from: number, to: number): Message[] =>
  messages(from, to).map((message, at) => ({
    ...message,
    senderId: `person-${Math.floor((from + at) / 4) % 3}`,
    content: `message ${from + at}${' 하트비트를 두 번 놓치면 끊긴 것으로 봅니다.'.repeat(((from + at) * 7) % 23)}`,
  }))
const changed = (change: Partial<Room>): AppEvent => ({
  name: 'roomChanged',
  payload: aRoom('general', change),
})
const atEnd = () => expect.poll(belowFold).toBeLessThan(1)

test('opens at the newest message and goes along with what comes in', async () => {
  const { bridge } = await openRoom(messages(1, 300))
  await expect.element(page.getByText('message 300')).toBeVisible()
  await atEnd()
  bridge.tell(messages(301, 320).map(message => stored(message)))
  await expect.element(page.getByText('message 320')).toBeVisible()
  await atEnd()
})

test('reading earlier, nothing moves: not when a page is loaded, not when a message comes in', async () => {
  const { bridge } = await openRoom(story(1, 300))
  await expect.poll(() => inView('m300')).toBe(true)
  await twoFrames()
  scrollBy(-8500)
  await expect.poll(() => bridge.inputsOf('listMessages')).toHaveLength(2)
  await twoFrames()
  const reading = topmost()
  const top = topOf(reading)
  bridge.tell([
    stored(aMessage(301)),
    stored(aMessage(302)),
    changed({ unread: 2, lastReadId: messageId('m300') }),
  ])
  await expect.element(page.getByRole('button', { name: /2 new since/u })).toBeVisible()
  expect(topOf(reading)).toBeCloseTo(top, 0)
  await userEvent.click(page.getByRole('button', { name: /^2 new/u }))
  await expect.poll(() => inView('m302')).toBe(true)
  await atEnd()
  await expect.element(page.getByRole('button', { name: /^2 new/u })).not.toBeInTheDocument()
})

test('at the very top the reader stays where he is while earlier pages come', async () => {
  const { bridge } = await openRoom(story(1, 1000))
  await expect.poll(() => inView('m1000')).toBe(true)
  await twoFrames()
  scrollBy(-100_000)
  await shownRow('m899')
  await twoFrames()
  const reading = topmost()
  await twoFrames()
  expect(topmost()).toBe(reading)
  expect(bridge.inputsOf('listMessages').length).toBeLessThan(4)
})

test('a long history is read to its beginning and back with few rows in the page', async () => {
  const newest = maxLoaded + 2 * pageSize
  await openRoom(story(1, newest))
  await expect.poll(() => inView(`m${newest}`)).toBe(true)
  const rowCount = (): number => document.querySelectorAll('[data-message]').length
  await expect
    .poll(
      () => {
        scrollBy(-8000)
        expect(rowCount()).toBeLessThan(120)
        return inView('m1')
      },
      { interval: 5 },
    )
    .toBe(true)
  await expect.poll(() => topOf('m1')).toBeLessThan(200)
  await userEvent.click(page.getByRole('button', { name: 'Jump to latest' }))
  await expect.poll(() => inView(`m${newest}`)).toBe(true)
})

test('marks read what is really seen: at the end, in a window that has the focus', async () => {
  const { bridge } = await openRoom(messages(1, 100))
  const marks = () => bridge.inputsOf('markRead')
  await expect.poll(() => inView('m100')).toBe(true)
  await twoFrames()
  bridge.tell({ name: 'windowChanged', payload: { focused: false, maximized: false } })
  bridge.tell([stored(aMessage(101)), changed({ unread: 1, lastReadId: messageId('m100') })])
  await expect.element(page.getByText('message 101')).toBeVisible()
  await expect.element(page.getByRole('separator').getByText('New')).toBeVisible()
  expect(marks()).toEqual([])
  bridge.tell({ name: 'windowChanged', payload: { focused: true, maximized: false } })
  await expect.poll(marks).toEqual([{ room: aRoom('general').key, upTo: 'm101' }])
  bridge.tell(changed({ unread: 0, lastReadId: messageId('m101') }))

  scrollBy(-600)
  await expect.element(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  bridge.tell([stored(aMessage(102)), changed({ unread: 1, lastReadId: messageId('m101') })])
  await expect.element(page.getByRole('button', { name: /^1 new/u })).toBeVisible()
  await expect.poll(marks).toHaveLength(1)
  await userEvent.keyboard('{Escape}')
  await expect.poll(marks).toHaveLength(2)
})

test('what comes while the person looks is marked read and gets no line', async () => {
  const { bridge } = await openRoom(messages(1, 5))
  await expect.poll(() => inView('m5')).toBe(true)
  await twoFrames()
  bridge.tell([stored(aMessage(6)), changed({ unread: 1, lastReadId: messageId('m5') })])
  await expect.poll(() => bridge.calls.map(call => call.name)).toContain('markRead')
  await expect.element(page.getByText('message 6')).toBeVisible()
  await expect.element(page.getByText('New', { exact: true })).not.toBeInTheDocument()
})

test('a stream of messages that are seen is marked read as far as it goes, but not message by message', async () => {
  const { bridge } = await openRoom(messages(1, 5))
  const marks = () => bridge.inputsOf('markRead')
  await expect.poll(() => inView('m5')).toBe(true)
  const started = performance.now()
  for (let n = 6; n <= 45; n++) {
    bridge.tell([stored(aMessage(n)), changed({ unread: n - 5, lastReadId: messageId('m5') })])
    await new Promise(requestAnimationFrame)
  }
  await expect.poll(() => marks().at(-1)).toEqual({ room: aRoom('general').key, upTo: 'm45' })
  expect(marks().length).toBeLessThanOrEqual(2 + (performance.now() - started) / 250)
})

test('a room with more unread than fits opens at the first of them, and is not read yet', async () => {
  const { bridge } = await openRoom(story(1, 400), { unread: 200, lastReadId: messageId('m200') })
  await expect.element(page.getByRole('separator').getByText('New')).toBeVisible()
  await expect.poll(() => inView('m201')).toBe(true)
  await expect.element(page.getByRole('button', { name: /200 new since/u })).toBeVisible()
  expect(bridge.calls.map(call => call.name)).not.toContain('markRead')
})

test('a room is found again where it was left', async () => {
  const { store } = await openRoom(story(1, 300))
  await expect.poll(() => inView('m300')).toBe(true)
  await twoFrames()
  scrollBy(-2500)
  await expect.element(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  await twoFrames()
  const reading = topmost()
  const top = topOf(reading)
  store.getState().openRoom(aRoom('lunch').key)
  await expect.element(page.getByText('No messages yet')).toBeVisible()
  store.getState().openRoom(aRoom('general').key)
  await expect.poll(() => inView(reading)).toBe(true)
  await expect.poll(() => Math.abs(topOf(reading) - top)).toBeLessThan(2)
})

test('a message that is asked for is brought into view, stands out, and is not asked for again', async () => {
  const { store } = await openRoom(story(1, 900))
  await expect.poll(() => inView('m900')).toBe(true)
  store.getState().openRoom(aRoom('general').key, messageId('m42'))
  await expect.poll(() => inView('m42')).toBe(true)
  await expect.poll(() => row('m42')?.dataset).toHaveProperty('flashed')
  await expect.element(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: 'Jump to latest' }))
  await expect.poll(() => inView('m900')).toBe(true)
  store.getState().openRoom(aRoom('general').key, messageId('m42'))
  await expect.poll(() => inView('m42')).toBe(true)
})

test.each([0, 700, 1399])(
  'of a message taller than the view, line %i that was searched for is in view',
  async line => {
    const lines = Array.from({ length: 1400 }, (_, n) => `line ${n};`)
    const content = lines.join('\n')
    const tall = aMessage(50, { content })
    const { store } = await openRoom([...messages(1, 49), tall, ...messages(51, 100)])
    await atEnd()
    store.getState().openRoom(aRoom('general').key, tall.id, content.indexOf(`line ${line};`))
    const place = () => {
      const element = row('m50')
      return element && placeOfCharacter(element, content.indexOf(`line ${line};`))
    }
    const view = list().element().getBoundingClientRect()
    await expect.poll(() => place()?.top).toBeGreaterThanOrEqual(view.top)
    await expect.poll(() => place()?.bottom).toBeLessThanOrEqual(view.bottom)
  },
)

test('the reader goes back to the end as often as he asks for it', async () => {
  await openRoom(story(1, 14))
  await expect.poll(() => inView('m14')).toBe(true)
  const latest = page.getByRole('button', { name: 'Jump to latest' })
  const escape = () => userEvent.type(field(), '{Escape}')
  for (const goBack of [
    escape,
    escape,
    () => userEvent.click(latest),
    () => userEvent.type(field(), 'hi{Enter}'),
  ]) {
    await twoFrames()
    scrollBy(-56)
    await expect.element(latest).toBeVisible()
    await goBack()
    await atEnd()
    await expect.element(latest).not.toBeInTheDocument()
  }
})

test('the end stays in view while the composer grows', async () => {
  await openRoom(messages(1, 100))
  await expect.poll(() => inView('m100')).toBe(true)
  await userEvent.fill(field(), 'one\ntwo\nthree\nfour\nfive')
  await expect.poll(() => field().element().clientHeight).toBeGreaterThan(100)
  await expect.poll(() => inView('m100')).toBe(true)
})

test('the end stays in view when the window and the density change', async () => {
  const { bridge } = await openRoom(story(1, 14))
  await expect.poll(() => inView('m14')).toBe(true)
  for (const [density, width, height] of [
    ['compact', 630, 564],
    ['cozy', 976, 764],
    ['compact', 630, 564],
    ['cozy', 630, 764],
  ] as const) {
    document.documentElement.dataset.density = density
    const sheet = document.querySelector('main')
    if (sheet) Object.assign(sheet.style, { width: `${width}px`, height: `${height}px` })
    bridge.tell({ name: 'settingsChanged', payload: { ...aDesktop().settings, density } })
    await twoFrames()
    await atEnd()
    await expect.element(page.getByRole('button', { name: 'Jump to latest' })).not.toBeInTheDocument()
  }
  delete document.documentElement.dataset.density
})

test('a burst of 500 messages is rendered in a few goes, and the last is in view', async () => {
  const { bridge } = await openRoom(messages(1, 100))
  await expect.poll(() => inView('m100')).toBe(true)
  let mutations = 0
  const observer = new MutationObserver(() => mutations++)
  observer.observe(list().element(), { childList: true, subtree: true })
  for (let from = 101; from <= 600; from += 100)
    bridge.tell(messages(from, from + 99).map(message => stored(message)))
  await expect.poll(() => inView('m600')).toBe(true)
  observer.disconnect()
  expect(mutations).toBeLessThan(10)
})

test('events that were lost are made up for', async () => {
  const all = messages(1, 5)
  const { bridge } = await openRoom(all)
  await expect.element(page.getByText('message 5')).toBeVisible()
  all.push(...messages(6, 8))
  bridge.tell(changed({}), { skip: 3 })
  await expect.element(page.getByText('message 8')).toBeVisible()
})
