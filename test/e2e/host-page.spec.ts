import { expect, test } from './fixtures.ts'
import { addressOf, boxPasscode, hostChat, t } from './steps.ts'
import { connectClient, publish } from './stomp.ts'

test('the page of the box shows what goes on while two talk', async ({ launch }) => {
  const instance = await launch()
  const { page } = instance
  await hostChat(instance, 'Ada')
  const url = await addressOf(instance)
  const talkers = await Promise.all(['Ben', '지우'].map(name => connectClient(url, name, boxPasscode)))
  for (const talker of talkers) talker.subscribe('/topic/room.general', () => undefined)
  await page.getByRole('button', { name: t('host:tileOn') }).click()

  const traffic = page.getByRole('region', { name: t('host:traffic') })
  const chart = traffic.getByRole('img')
  const none = t('host:trafficChart', { now: 0, most: 0 })
  await expect(chart).toHaveAccessibleName(none)
  // Each attempt sends another message, so that there is a rate whenever it is measured.
  await expect(async () => {
    for (const talker of talkers) publish(talker, { roomId: 'general', content: 'hello' })
    await expect(chart).not.toHaveAccessibleName(none, { timeout: 500 })
  }).toPass()
  await expect(traffic.getByText(t('host:delivered')).locator('+ dd')).toHaveText(/^[1-9]/)
  const room = page
    .getByRole('region', { name: t('host:rooms'), exact: true })
    .getByRole('row')
    .nth(1)
  await expect(room.getByRole('cell')).toHaveText(['3', /^[1-9]/, t('host:justNow')])
  await Promise.all(talkers.map(talker => talker.deactivate()))
})
