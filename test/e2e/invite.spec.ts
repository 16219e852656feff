import { inviteLink, parseInvite, type Invite } from '../../shared/contract/invite.ts'
import { expect, test, type Instance } from './fixtures.ts'
import {
  boxPasscode,
  composer,
  expectDelivered,
  field,
  hostChat,
  message,
  openRoom,
  say,
  t,
} from './steps.ts'

/** The box of an instance, open to the network; copies its invitation. @returns what is in the link. */
const invite = async ({ app, page }: Instance): Promise<Invite> => {
  await page.getByRole('button', { name: t('host:tileOn') }).click()
  await expect(page.getByRole('img', { name: t('host:inviteCode') })).toBeVisible()
  await page.getByRole('button', { name: t('host:copyInvite') }).click()
  const copied = (): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect.poll(copied).toMatch(/^stompbox:\/\/join\?/)
  const invite = parseInvite(await copied())
  if (!invite) throw new Error('What was copied is no invitation.')
  return invite
}

/** Hands a link to an instance as the operating system does where the app runs already. */
const open = ({ app }: Instance, link: string): Promise<void> =>
  app.evaluate(({ app }, link) => void app.emit('second-instance', {}, ['stompbox', link], ''), link)

/** A person hosting a chat, their invitation, and an app on its first start. */
const hostAndGuest = async (launch: () => Promise<Instance>): Promise<{ guest: Instance; link: string }> => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await hostChat(host, 'Ada')
  return { guest, link: inviteLink(await invite(host)) }
}

test('who opens an invitation is asked, joins by TLS, and talks', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await hostChat(host, 'Ada')
  const invited = await invite(host)
  expect(invited).toMatchObject({
    url: expect.stringMatching(/^wss:/),
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    passcode: boxPasscode,
  })

  const link = inviteLink(invited)
  await open(guest, link)
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

test('an app that a link starts for the first time asks for a name, and joins', async ({ launch }) => {
  const host = await launch()
  await hostChat(host, 'Ada')
  const link = inviteLink(await invite(host))
  const { page } = await launch({ link })
  await expect(field(page, t('servers:invite'))).toHaveValue(link)
  const join = page.getByRole('button', { name: t('servers:join'), exact: true })
  await join.click()
  await expect(page.getByText(t('firstRun:nameMissing'))).toBeVisible()
  await field(page, t('firstRun:name')).fill('Grace')
  await join.click()
  await expect(composer(page)).toBeVisible()
})

test('a link that comes while a person begins otherwise is offered as soon as they are in', async ({
  launch,
}) => {
  const { guest, link } = await hostAndGuest(launch)
  const { page } = guest
  await field(page, t('firstRun:name')).fill('Grace')
  await page.getByRole('button', { name: t('firstRun:connect') }).click()
  await field(page, t('servers:url')).fill('127.0.0.1:9')
  await open(guest, link)
  await page.getByRole('button', { name: t('servers:addSubmit'), exact: true }).click()
  await page.getByRole('button', { name: t('servers:saveAnyway') }).click()
  const dialog = page.getByRole('dialog')
  await expect(field(dialog, t('servers:invite'))).toHaveValue(link)
  await dialog.getByRole('button', { name: t('servers:join'), exact: true }).click()
  await expect(composer(page)).toBeVisible()
})

test('an invitation that is pasted where a server is added opens the server that is there already', async ({
  launch,
}) => {
  const { guest, link } = await hostAndGuest(launch)
  const { page } = guest
  await open(guest, link)
  await field(page, t('firstRun:name')).fill('Grace')
  await page.getByRole('button', { name: t('servers:join'), exact: true }).click()
  await expect(composer(page)).toBeVisible()

  await page.getByRole('button', { name: t('servers:add'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await field(dialog, t('servers:url')).fill(link)
  await dialog.getByRole('button', { name: t('servers:addSubmit'), exact: true }).click()
  await expect(dialog).toBeHidden()
  await say(page, 'Still the same one.')
  await expectDelivered(page, 'Still the same one.')
  const tiles = page.getByRole('navigation', { name: t('servers:title') }).getByRole('button')
  // The server, and what every rail has: add, the box, settings, the person.
  await expect(tiles).toHaveCount(5)
})

test('a host that shows another certificate than the invitation says is refused, until there is a right one', async ({
  launch,
}) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await hostChat(host, 'Ada')
  const invited = await invite(host)

  const { page } = guest
  const join = page.getByRole('button', { name: t('servers:join'), exact: true })
  await open(guest, inviteLink({ ...invited, fingerprint: '0f'.repeat(32) }))
  await field(page, t('firstRun:name')).fill('Grace')
  await join.click()
  const sentence = t('errors:certificate-changed', { host: new URL(invited.url).host })
  await expect(page.getByText(sentence)).toBeVisible()

  await open(guest, inviteLink(invited))
  await join.click()
  await page.getByRole('button', { name: t('servers:other.accept.certificate') }).click()
  await expect(composer(page)).toBeVisible()
  await expect(page.getByText(sentence)).toBeHidden()
})
