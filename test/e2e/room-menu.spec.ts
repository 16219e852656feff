import { expect, test } from './fixtures.ts'
import { composer, createRoom, field, meet, message, openRoom, roomItem, say, t } from './steps.ts'

test('a room is renamed, archived and brought back, and the others see it', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  await createRoom(host.page, 'Plaza')
  await say(host.page, 'Kept for later', 'Plaza')
  const menu = host.page.getByRole('button', { name: t('rooms:menu') })

  await menu.click()
  await host.page.getByRole('menuitem', { name: t('rooms:rename') }).click()
  const dialog = host.page.getByRole('dialog')
  await field(dialog, t('rooms:name')).fill('광장')
  await field(dialog, t('rooms:topic')).fill('모두 모여요')
  await host.page.keyboard.press('Enter')
  await openRoom(guest.page, '광장')
  await expect(guest.page.getByText('모두 모여요')).toBeVisible()

  await menu.click()
  await host.page.getByRole('menuitem', { name: t('rooms:archive') }).click()
  await host.page.getByRole('button', { name: t('rooms:archiveConfirm'), exact: true }).click()
  await expect(guest.page.getByText(t('composer:closed.archived'))).toBeVisible()
  await expect(composer(guest.page, '광장')).toHaveCount(0)
  await expect(message(guest.page, 'Kept for later')).toBeVisible()
  await expect(guest.page.getByRole('button', { name: t('rooms:restore') })).toHaveCount(0)
  await expect(roomItem(guest.page, '광장').getByRole('img', { name: t('rooms:archived') })).toBeVisible()

  await host.page.getByRole('button', { name: t('rooms:restore') }).click()
  await say(guest.page, '다시 열렸네요', '광장')
  await expect(message(host.page, '다시 열렸네요')).toBeVisible()
})
