import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { composer, field, meet, message, openRoom, roomItem, say, t, textsOf } from './steps.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: t('people:title') })

/** Makes a private room and opens the list of its people. */
const makePrivate = async (page: Page, room: string): Promise<void> => {
  await page.getByRole('button', { name: t('rooms:create') }).click()
  const dialog = page.getByRole('dialog')
  await field(dialog, t('rooms:name')).fill(room)
  await dialog.getByRole('switch', { name: t('rooms:private') }).click()
  await dialog.getByRole('button', { name: t('rooms:createSubmit') }).click()
  await expect(composer(page, room)).toBeVisible()
  await page.getByRole('button', { name: t('people:count', { count: 1 }) }).click()
}

test('an invited person writes at once; removed, they stay where they are with their text, also after a restart, until they are invited again', async ({
  launch,
}) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await makePrivate(host.page, 'plans')
  await expect(roomItem(guest.page, 'plans')).toHaveCount(0)

  const invite = async () => {
    await panel(host.page)
      .getByRole('textbox', { name: t('people:invite') })
      .fill('지우')
    await host.page.keyboard.press('Enter')
  }
  await invite()
  const item = roomItem(guest.page, 'plans')
  await expect(item.getByRole('img', { name: t('rooms:private') })).toBeVisible()
  await openRoom(guest.page, 'plans')
  await say(guest.page, '들어왔어요', 'plans')
  await expect(message(host.page, '들어왔어요')).toBeVisible()

  await composer(guest.page, 'plans').pressSequentially('the salaries are ')
  const here = panel(host.page).getByRole('region', { name: t('people:here', { count: 2 }) })
  await here.getByRole('button', { name: '지우' }).click()
  await host.page.getByRole('menuitem', { name: t('people:remove') }).click()
  await expect(item).toHaveCount(0)
  await expect(guest.page.getByText(t('composer:closed.removed'))).toBeVisible()
  await guest.page.keyboard.type('a secret')
  await guest.page.keyboard.press('Enter')
  await expect(composer(guest.page, 'plans')).toHaveValue('the salaries are ')
  await expect(panel(host.page).getByRole('button', { name: '지우' })).toHaveCount(0)

  await guest.app.close()
  const again = await launch({ userData: guest.userData })
  await expect(again.page.getByText(t('composer:closed.removed'))).toBeVisible()
  await expect(composer(again.page, 'plans')).toHaveValue('the salaries are ')
  await invite()
  await expect(again.page.getByText(t('composer:closed.removed'))).toHaveCount(0)
  await composer(again.page, 'plans').press('Enter')
  await expect(message(host.page, 'the salaries are')).toBeVisible()
  await expect.poll(() => textsOf(again.page)).toEqual(['들어왔어요', 'the salaries are'])
})

test('a direct room opens from the name beside a message, and is there for both', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await say(guest.page, 'Hello, everybody')
  const said = message(host.page, 'Hello, everybody')
  await said.getByTitle('지우').click()
  await host.page.getByRole('menuitem', { name: t('people:write') }).click()
  await expect(host.page.getByRole('heading', { level: 1, name: '지우' })).toBeVisible()
  await host.page.getByRole('textbox').fill('Just us two')
  await host.page.keyboard.press('Enter')
  const people = guest.page.getByRole('group', { name: t('rooms:people') })
  await people.getByRole('button', { name: 'Ada' }).click()
  await expect(message(guest.page, 'Just us two')).toBeVisible()
})

test('an unbanned person stands in both lists of people again', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  for (const { page } of [host, guest])
    await page.getByRole('button', { name: t('people:title'), exact: true }).click()
  const here = ({ page }: typeof host) =>
    panel(page).getByRole('region', { name: t('people:here', { count: 2 }) })
  await here(host).getByRole('button', { name: '지우' }).click()
  await host.page.getByRole('menuitem', { name: t('people:ban') }).click()
  await expect(guest.page.getByText(t('composer:closed.banned'))).toBeVisible()
  const banned = panel(host.page).getByRole('region', { name: t('people:banned', { count: 1 }) })
  await banned.getByRole('button', { name: '지우' }).click()
  await host.page.getByRole('menuitem', { name: t('people:unban') }).click()
  await expect(here(host).getByRole('button', { name: '지우' })).toBeVisible()
  await expect(here(guest).getByText('지우')).toBeVisible()
})
