import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { composer, expectDelivered, meet, message, messages, openRoom, say, t, textsOf } from './steps.ts'

const typing = (page: Page, first: string) => page.getByText(t('composer:typingOne', { first }))
const deleteFromMenu = async (page: Page, text: string): Promise<void> => {
  await message(page, text).locator('p').click({ button: 'right' })
  await page.getByRole('menuitem', { name: t('messages:delete') }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('messages:deleteConfirm') })
    .click()
}
const expectDeleted = (page: Page, deleted: number): Promise<void> =>
  expect(messages(page).getByText(t('messages:deleted'))).toHaveCount(deleted)

test('who types is seen until the message is there', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await composer(guest.page).pressSequentially('안녕하')
  await expect(typing(host.page, '지우')).toBeVisible()
  await expect(typing(guest.page, '지우')).toBeHidden()
  await composer(guest.page).press('Enter')
  await expect(message(host.page, '안녕하')).toBeVisible()
  await expect(typing(host.page, '지우')).toBeHidden()
})

test('a deleted message leaves a line for everybody, and nothing to find, over restarts', async ({
  launch,
}) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await say(host.page, 'the cake is in the kitchen')
  await say(host.page, 'a needle in the hay')
  await expect(message(guest.page, 'a needle in the hay')).toBeVisible()
  await expectDelivered(host.page, 'a needle in the hay')

  await deleteFromMenu(host.page, 'a needle in the hay')
  const left = ['the cake is in the kitchen', t('messages:deleted')]
  for (const { page } of [host, guest]) {
    await expectDeleted(page, 1)
    await expect.poll(() => textsOf(page)).toEqual(left)
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: t('search:label') }).fill('needle')
    await expect(page.getByText(t('search:noneTitle', { query: 'needle' }))).toBeVisible()
    await page.keyboard.press('Escape')
  }

  await guest.app.close()
  const { page } = await launch({ userData: guest.userData })
  await openRoom(page)
  await expectDeleted(page, 1)
  await expect.poll(() => textsOf(page)).toEqual(left)
})
