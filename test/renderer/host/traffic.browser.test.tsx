import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import { aMeasure, aServer } from '../../shared/contract/examples.ts'
import { openWindow, overflow } from '../open-window.tsx'
import { aDesktop } from '../window-bridge.ts'

const own = aServer({ id: 'own', name: '지우의 상자', own: true })
const room = { roomId: 'general', name: '로비', people: 3, messages: 12, lastAt: null }

/** The page of a box that is on; `measure` tells what it is measured at, a second after the other. */
const openPage = async (size?: [number, number], language: 'en' | 'ko' = 'en') => {
  const window = await openWindow(
    {
      desktop: {
        host: {
          phase: 'on',
          serverId: own.id,
          since: Date.now(),
          port: 7070,
          reach: 'loopback',
          urls: ['ws://127.0.0.1:7070/stomp'],
          fingerprint: null,
          passcode: null,
          people: [],
        },
        systemLanguage: language,
      },
      messenger: { servers: [own] },
    },
    {},
    size,
  )
  const { settings } = aDesktop()
  window.bridge.tell({ name: 'settingsChanged', payload: { ...settings, language } })
  window.store.getState().show({ name: 'host' })
  let at = 0
  const measure = (change: Partial<HostMeasure>): void =>
    window.bridge.tell({ name: 'hostMeasured', payload: aMeasure({ at: (at += 1_000), ...change }) })
  await expect.element(card()).toBeVisible()
  return { ...window, measure }
}
const card = () => page.getByRole('region', { name: /^(Traffic|메시지 양)$/ })
const chart = () => card().getByRole('img')
const line = () => Array.from(chart().element().querySelectorAll('path'), path => path.getAttribute('d'))
/** Waits for `value` under a word. */
const fact = (name: string, value: string) =>
  expect
    .poll(() => card().getByText(name, { exact: true }).element().nextElementSibling?.textContent)
    .toBe(value)

test('the box is watched while its page is open, and not a moment longer', async () => {
  const { store, inputsOf, bridge } = await openPage()
  await expect.poll(() => inputsOf('watchHost')).toEqual([{ on: true }])
  store.getState().show({ name: 'settings', section: 'appearance' })
  await expect.poll(() => inputsOf('watchHost')).toEqual([{ on: true }, { on: false }])
  store.getState().show({ name: 'host' })
  await expect.poll(() => inputsOf('watchHost')).toHaveLength(3)
  bridge.tell({ name: 'hostChanged', payload: { phase: 'off' } })
  await expect.poll(() => inputsOf('watchHost')).toHaveLength(4)
})

test('a box in which nothing happens shows a still line and no lamp', async () => {
  const { measure } = await openPage()
  const still = ['M0 .5H600M0 46H600', 'M0 92L600 92']
  await expect.poll(line).toEqual(still)
  measure({})
  measure({})
  await expect.element(chart()).toHaveAccessibleName(/: 0 now, 0 at most$/)
  await expect.poll(line).toEqual(still)
  await fact('Backlog', '0 B')
})

test('what goes on stands there in figures, and as a line that begins at the right', async () => {
  const { measure } = await openPage()
  measure({ messages: 100, deliveries: 12_000 })
  measure({ messages: 138, deliveries: 12_200 })
  measure({
    messages: 148,
    deliveries: 12_408,
    backlogBytes: 2_500,
    longestBacklogBytes: 1_500,
    memoryBytes: 38e6,
  })
  await expect
    .element(chart())
    .toHaveAccessibleName('Messages per second over the last 60 seconds: 10 now, 38 at most')
  await expect.element(card().getByText('10', { exact: true })).toBeVisible()
  // The scale goes to 40: 38 is 5 % from the top, a second is 10 units of 600.
  await expect.poll(line).toEqual(['M0 .5H600M0 46H600', 'M590 4.6L600 69V92H590Z', 'M590 4.6L600 69'])
  await fact('Delivered', '12,408 · 208/s')
  await fact('Backlog', '2.5 kB')
  await fact('Slowest connection', '1.5 kB')
  await fact('Memory', '38 MB')
})

test('the owner is told where connections are refused because too many come from one address', async () => {
  const { measure } = await openPage()
  measure({ crowdedAddress: '192.168.0.14' })
  await expect
    .element(page.getByRole('alert'))
    .toMatchTextContent(
      /^Connections from 192\.168\.0\.14 were refused because that address already had 64\./,
    )
  measure({ crowdedAddress: null })
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('rooms stand there with people, messages and when something was said; others’ rooms as a number', async () => {
  const { measure } = await openPage()
  const lunch = { roomId: 'lunch', name: 'Lunch', people: 0, messages: 0, lastAt: Date.now() }
  measure({ rooms: [room, lunch], moreRooms: 7, closedRooms: { count: 2, messages: 14 } })
  const rows = () =>
    page
      .getByRole('region', { name: 'Rooms', exact: true })
      .getByRole('row')
      .elements()
      .map(row => Array.from(row.children, cell => cell.textContent))
  await expect.poll(rows).toEqual([
    ['Name', 'People', 'Last minute', 'Last message'],
    ['로비', '3', '12', '–'],
    ['Lunch', '0', '0', 'now'],
  ])
  await expect.element(page.getByText('And 7 more that have been quiet for longer.')).toBeVisible()
  await expect
    .element(page.getByText('And 2 private rooms, with 14 messages in the last minute.'))
    .toBeVisible()
})

test('a room can be created from there', async () => {
  const { store } = await openPage()
  await page.getByRole('button', { name: 'Create room' }).click()
  await expect.poll(() => store.getState().dialog).toEqual({ name: 'create-room', serverId: own.id })
})

test.each(['en', 'ko'] as const)(
  'large figures and long names fit the smallest window (%s)',
  async language => {
    const { measure } = await openPage([900, 600], language)
    const long = { ...room, name: '프린터-토너-누가-바꿨어요-'.repeat(8), messages: 59_999, lastAt: 0 }
    measure({ rooms: [long] })
    measure({ messages: 987_654, deliveries: 9_876_543_210, backlogBytes: 268e6, rooms: [long] })
    await expect.element(chart()).toHaveAccessibleName(/987,654/)
    expect(overflow()).toEqual({ x: 0, y: 0 })
    for (const region of page.getByRole('main').getByRole('region').elements())
      expect(region.scrollWidth).toBeLessThanOrEqual(region.clientWidth)
  },
)
