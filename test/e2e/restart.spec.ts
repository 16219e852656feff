import { once } from 'node:events'
import { expect, test, type Instance } from './fixtures.ts'
import {
  composer,
  createRoom,
  expectDelivered,
  meet,
  message,
  openRoom,
  roomItem,
  say,
  t,
  textsOf,
} from './steps.ts'

/** The first room by name is the one that a window opens with. */
const side = 'atelier'

/** Ends it as a power cut does. */
const kill = async ({ app }: Instance): Promise<void> => {
  const main = app.process()
  const ended = once(main, 'exit')
  main.kill('SIGKILL')
  await ended
}

test('killed and started again, everything is there, and what was said meanwhile arrives once', async ({
  launch,
}) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await say(host.page, 'before')
  await expect(message(guest.page, 'before')).toBeVisible()
  await createRoom(guest.page, side)
  await composer(guest.page, side).fill('반쯤 쓴 문장')
  await openRoom(guest.page)
  await expect(roomItem(guest.page, side).getByRole('img', { name: t('rooms:draft') })).toBeVisible()
  await openRoom(guest.page, side)
  await say(host.page, 'unread')
  await expect(roomItem(guest.page).getByRole('img', { name: t('rooms:unread', { count: 1 }) })).toBeVisible()

  await kill(guest)
  await say(host.page, 'meanwhile')
  await expectDelivered(host.page, 'meanwhile')

  const again = await launch({ userData: guest.userData })
  await expect(composer(again.page, side)).toHaveValue('반쯤 쓴 문장')
  await expect(roomItem(again.page).getByRole('img', { name: t('rooms:unread', { count: 2 }) })).toBeVisible()
  await openRoom(again.page)
  await expect(message(again.page, 'meanwhile')).toBeVisible()
  await expect.poll(() => textsOf(again.page)).toEqual(['before', 'unread', 'meanwhile'])
})

test('what is written while the host is away goes out when it is back, once', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await say(guest.page, 'first')
  await expectDelivered(guest.page, 'first')
  await kill(host)

  await say(guest.page, 'while you were away')
  await expect(message(guest.page, 'while you were away').getByRole('img')).toHaveAccessibleName(
    t('messages:queued'),
  )
  await kill(guest)
  const hostAgain = await launch({ userData: host.userData })
  const guestAgain = await launch({ userData: guest.userData })

  await openRoom(hostAgain.page)
  await expect(message(hostAgain.page, 'while you were away')).toBeVisible()
  await openRoom(guestAgain.page)
  await expectDelivered(guestAgain.page, 'while you were away')
  const said = ['first', 'while you were away']
  await expect.poll(() => textsOf(hostAgain.page)).toEqual(said)
  await expect.poll(() => textsOf(guestAgain.page)).toEqual(said)
})
