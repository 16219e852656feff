import { parseInvite } from '../../shared/contract/invite.ts'
import { expect, test, type Instance } from './fixtures.ts'
import { composer, expectDelivered, field, hostChat, message, openRoom, say, t } from './steps.ts'

/** The box of an instance, open to the network; copies its invitation. @returns the link. */
const invite = async ({ app, page }: Instance): Promise<string> => {
  await page.getByRole('button', { name: t('host:tileOn') }).click()
  await expect(page.getByRole('img', { name: t('host:inviteCode') })).toBeVisible()
  await page.getByRole('button', { name: t('host:copyInvite') }).click()
  const copied = (): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toMatch(/^stompbox:\/\/join\?/)
  return copied()
}

test('who opens an invitation is asked, joins, and talks', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch({ settings: { host: { reach: 'lan' } } }), launch()])
  await hostChat(host, 'Ada')
  const link = await invite(host)
  expect(parseInvite(link)).toMatchObject({ passcode: expect.stringMatching(/^[0-9A-Z-]{19}$/) })

  // As the operating system does where the app runs already.
  await guest.app.evaluate(({ app }, link) => app.emit('second-instance', {}, ['stompbox', link], ''), link)
  const { page } = guest
  await expect(field(page, t('servers:invite'))).toHaveValue(link)
  await field(page, t('firstRun:name')).fill('Grace')
  await page.getByRole('button', { name: t('servers:join'), exact: true }).click()
  await expect(composer(page)).toBeVisible()
  await say(page, 'The link let me in.')
  await expectDelivered(page, 'The link let me in.')
  await openRoom(host.page)
  await expect(message(host.page, 'The link let me in.')).toBeVisible()
})
