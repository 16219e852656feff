import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { expectDelivered, hostChat, say, t } from './steps.ts'

test('a room is exported to a file that the person chooses', async ({ launch }) => {
  const instance = await launch()
  const { app, page, userData } = instance
  await hostChat(instance, 'Ada')
  await say(page, '<b>내보낼 메시지</b>')
  await expectDelivered(page, '내보낼 메시지')
  const file = join(userData, 'exported.html')
  await app.evaluate((_electron, path) => void record.files.push(path), file)

  await page.getByRole('button', { name: t('rooms:menu') }).click()
  await page.getByRole('menuitem', { name: t('keeping:export') }).click()
  await page.getByRole('button', { name: t('keeping:exportSubmit') }).click()
  await expect(page.getByText(t('keeping:exported', { file }))).toBeVisible()
  const text = await readFile(file, 'utf8')
  expect(text).toContain('&lt;b&gt;내보낼 메시지&lt;/b&gt;')
  expect(text).not.toContain('<script')
})
