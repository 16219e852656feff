import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { spoilPage } from '../main/cache/damage.ts'
import { expect, test } from './fixtures.ts'
import { composer, createRoom, hostChat, message, openRoom, say, expectDelivered, t } from './steps.ts'

test('a damaged cache is recovered without a question, and the box sends again what is missing', async ({
  launch,
}) => {
  const instance = await launch()
  await hostChat(instance, 'Ada')
  for (let n = 0; n < 40; n++) await say(instance.page, `line ${n} ${'long '.repeat(40)}`)
  await expectDelivered(instance.page, 'line 39 long')
  await createRoom(instance.page, 'side')
  await composer(instance.page, 'side').fill('반쯤 쓴 문장')
  await openRoom(instance.page)
  await instance.app.close()
  spoilPage(join(instance.userData, 'cache.db'), 'line 12 long')

  const again = await launch({ userData: instance.userData })
  await expect(again.page.getByText(t('keeping:recovered'))).toBeVisible()
  expect((await readdir(instance.userData)).filter(name => name.includes('.corrupt-'))).not.toEqual([])
  await openRoom(again.page, 'side')
  await expect(composer(again.page, 'side')).toHaveValue('반쯤 쓴 문장')
  await openRoom(again.page)
  await expect(message(again.page, 'line 12 long')).toHaveCount(1)
  await again.page.getByRole('button', { name: t('common:dismiss') }).click()
  await expect(again.page.getByText(t('keeping:recovered'))).toHaveCount(0)
})
