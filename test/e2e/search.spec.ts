import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { composer, createRoom, expectDelivered, hostChat, message, openRoom, say, t } from './steps.ts'

const search = async (page: Page, query: string): Promise<void> => {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: t('search:label') }).fill(query)
}

test('words are found, Hangul inside of longer words too', async ({ launch }) => {
  const { page, ...rest } = await launch()
  await hostChat({ page, ...rest }, 'Ada')
  const said = [
    '안녕하세요, 여러분',
    '내일은 한국어능력시험이 있어요',
    'release-0.9 출시',
    'The quick brown fox',
  ]
  for (const text of said) await say(page, text)
  await expectDelivered(page, 'The quick brown fox')

  const found = page.getByRole('option')
  for (const [query, text] of [
    ['안녕', '안녕하세요, 여러분'],
    ['능력', '내일은 한국어능력시험이 있어요'],
    ['출시', 'release-0.9 출시'],
    ['quick bro', 'The quick brown fox'],
  ] as const) {
    await search(page, query)
    await expect(found).toHaveCount(1)
    await expect(found).toContainText(text)
  }
})

test('a hit opens its message, and nothing found says what to do', async ({ launch }) => {
  const { page, ...rest } = await launch()
  await hostChat({ page, ...rest }, 'Ada')
  await say(page, 'a needle in the hay')
  await expectDelivered(page, 'a needle in the hay')

  await search(page, 'no such words')
  await expect(page.getByText(t('search:noneTitle', { query: 'no such words' }))).toBeVisible()
  await search(page, 'needle')
  await page.getByRole('option').click()
  await expect(message(page, 'a needle in the hay')).toBeVisible()
})

test('a room is found by the initials of its name, and Enter goes there', async ({ launch }) => {
  const instance = await launch()
  const { page } = instance
  await hostChat(instance, 'Ada')
  await createRoom(page, '회의실-예약')
  await openRoom(page)
  await search(page, 'ㅎㅇㅅ')
  await expect(page.getByRole('option', { selected: true })).toContainText('회의실-예약')
  await page.keyboard.press('Enter')
  await expect(composer(page, '회의실-예약')).toBeFocused()
})
