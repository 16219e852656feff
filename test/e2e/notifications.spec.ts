import { expect, test, type Instance } from './fixtures.ts'
import {
  composer,
  createRoom,
  firstRoom,
  meet,
  message,
  openRoom,
  putInBackground,
  roomItem,
  say,
  t,
  windowOf,
} from './steps.ts'

const notices = ({ app }: Instance): Promise<string[][]> =>
  app.evaluate(() => record.notifications.map(({ title, body }) => [title, body]))

/** The unread count as tray, badge and title of the window show it. */
const countsOutside = async ({ app }: Instance): Promise<unknown[]> => {
  const window = await windowOf(app)
  return [
    await app.evaluate(() => record.trays[0]?.toolTip),
    await app.evaluate(({ app }) => app.getBadgeCount()),
    await window.evaluate(w => w.getTitle()),
  ]
}
const outside = (count: number): unknown[] => [
  t('desktop:unread', { count }),
  count,
  count === 0 ? 'Stompbox' : `(${String(count)}) Stompbox`,
]

test('a message to a window in the background notifies; a click opens its room; all counts agree', async ({
  launch,
}) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await createRoom(guest.page, 'workshop')
  await putInBackground(guest)

  await say(host.page, 'Are you there?')
  await expect.poll(() => notices(guest)).toEqual([[firstRoom, 'Ada: Are you there?']])
  await expect(roomItem(guest.page).getByRole('img', { name: t('rooms:unread', { count: 1 }) })).toBeVisible()
  await expect.poll(() => countsOutside(guest)).toEqual(outside(1))

  await say(host.page, 'It is about to begin.')
  await expect(roomItem(guest.page).getByRole('img', { name: t('rooms:unread', { count: 2 }) })).toBeVisible()
  await expect.poll(() => countsOutside(guest)).toEqual(outside(2))

  await guest.app.evaluate(() => record.notifications.at(-1)?.emit('click', {}))
  await expect(composer(guest.page)).toBeVisible()
  await expect(message(guest.page, 'It is about to begin.')).toBeVisible()
  const window = await windowOf(guest.app)
  await expect.poll(() => window.evaluate(w => w.isFocused() && w.isVisible())).toBe(true)
  await expect(roomItem(guest.page).getByRole('img')).toHaveCount(0)
  await expect.poll(() => countsOutside(guest)).toEqual(outside(0))
})

test('the room on view in a window with the focus is neither announced nor counted', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  const window = await windowOf(guest.app)
  await window.evaluate(w => w.focus())

  await say(host.page, 'You are reading this.')
  await expect(message(guest.page, 'You are reading this.')).toBeVisible()
  await expect.poll(() => countsOutside(guest)).toEqual(outside(0))
  await createRoom(guest.page, 'elsewhere')
  await say(host.page, 'You are not reading this.')
  await expect.poll(() => notices(guest)).toEqual([[firstRoom, 'Ada: You are not reading this.']])
})

test('a room can be opened from the tray', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await createRoom(guest.page, 'workshop')
  await say(host.page, 'Lunch is ready.')
  const label = t('desktop:tray.room', { name: firstRoom, count: 1 })
  await expect
    .poll(() => guest.app.evaluate(() => record.trays[0]?.menu.items.map(item => item.label)))
    .toContain(label)
  await guest.app.evaluate((_electron, label) => {
    record.trays[0]?.menu.items.find(item => item.label === label)?.click()
  }, label)
  await expect(message(guest.page, 'Lunch is ready.')).toBeVisible()
})

test('with notifications switched off there are none', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch({ settings: { notifications: false } })])
  await meet(host, guest)
  await putInBackground(guest)
  await say(host.page, 'Quietly now.')
  await expect.poll(() => countsOutside(guest)).toEqual(outside(1))
  expect(await notices(guest)).toEqual([])
  await openRoom(guest.page)
})
