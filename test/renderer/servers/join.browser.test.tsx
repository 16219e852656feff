import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { Failure } from '../../../shared/contract/errors.ts'
import { inviteLink } from '../../../shared/contract/invite.ts'
import { aRoom, aServer } from '../../shared/contract/examples.ts'
import { openWindow, overflow } from '../open-window.tsx'

const invite = {
  url: 'wss://192.168.0.77:7070/stomp',
  fingerprint: 'ab'.repeat(32),
  passcode: '7K3M-Q9XT-2BVN-H4DR',
  name: '공방',
}
const link = inviteLink(invite)
const dialog = () => page.getByRole('dialog')
const join = () => dialog().getByRole('button', { name: 'Join', exact: true })
const connect = () => dialog().getByRole('button', { name: 'Connect', exact: true })
const addServer = async () => page.getByRole('button', { name: 'Add a server' }).click()

test('a link that the system opens is asked about first', async () => {
  const { bridge, inputsOf } = await openWindow({}, { addServer: () => aServer({ id: 's9' }) })
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await expect.element(dialog().getByText('Join only if you know who sent it.')).toBeVisible()
  await expect.element(dialog().getByText(invite.url, { exact: true })).toBeVisible()
  await expect.element(dialog().getByText(/^(abab ?){16}$/)).toBeVisible()
  await expect.element(dialog()).toHaveFocus()
  expect(inputsOf('addServer')).toEqual([])
  await join().click()
  await expect.poll(() => inputsOf('addServer')).toEqual([invite])
  await expect.element(dialog()).not.toBeInTheDocument()
})

test('saying no adds nothing', async () => {
  const { bridge, inputsOf } = await openWindow()
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await expect.element(dialog()).not.toBeInTheDocument()
  expect(inputsOf('addServer')).toEqual([])
})

test('a link that is none can’t be joined', async () => {
  const { bridge } = await openWindow()
  bridge.tell({ name: 'inviteOpened', payload: { link: 'stompbox://join?url=file%3A%2F%2F%2Fetc' } })
  await expect.element(dialog().getByRole('alert')).toMatchTextContent(/^This is not an invitation link/)
  await expect.element(join()).toBeDisabled()
})

const known = {
  messenger: { servers: [aServer({ id: 's2', name: '동네 공방' }), aServer({ url: invite.url })] },
}
const opened = () => page.getByRole('heading', { level: 1, name: 'general' })

test('an invitation to a server that is known opens that server', async () => {
  const { bridge } = await openWindow(known, { addServer: () => aServer() })
  await expect.element(opened()).not.toBeInTheDocument()
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await join().click()
  await expect.element(opened()).toBeVisible()
})

test('so does one that is pasted where a server is added', async () => {
  const { inputsOf } = await openWindow(known, { addServer: () => aServer() })
  await addServer()
  await page.getByRole('textbox', { name: 'Address' }).fill(link)
  await connect().click()
  await expect.element(opened()).toBeVisible()
  await expect.element(dialog()).not.toBeInTheDocument()
  await expect.poll(() => inputsOf('addServer')).toMatchObject([invite])
})

test('an invitation to one’s own box opens that box, and says so', async () => {
  const own = aServer({ id: 'own', own: true })
  const messenger = { servers: [aServer(), own], rooms: [aRoom('lobby', { serverId: own.id })] }
  const { bridge } = await openWindow({ messenger }, { addServer: () => own })
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await join().click()
  await expect.element(page.getByText('That is your own box.')).toBeVisible()
  await expect.element(page.getByRole('heading', { level: 1, name: 'lobby' })).toBeVisible()
})

test('the network is looked at while the dialog is open, and no longer', async () => {
  const { fingerprint } = invite
  const added = { addServer: () => aServer({ id: 's9' }) }
  const { bridge, inputsOf } = await openWindow({}, added, [900, 600])
  await addServer()
  await expect.element(dialog().getByText(/^No Stompbox host was found/)).toBeVisible()
  await expect.poll(() => dialog().element().scrollHeight - dialog().element().clientHeight).toBe(0)
  await expect.poll(() => inputsOf('browseNearby')).toEqual([{ on: true }])
  bridge.tell({
    name: 'nearbyChanged',
    payload: {
      servers: [
        { name: 'stompbox-4k7m2x', url: 'ws://192.168.0.14:7070/stomp', fingerprint: null },
        { name: 'stompbox-9p2q4r', url: 'wss://192.168.0.33:7070/stomp', fingerprint },
      ],
      vpn: null,
      search: 'running',
    },
  })
  await dialog()
    .getByRole('button', { name: /^192\.168\.0\.33:7070/ })
    .click()
  await expect
    .element(page.getByRole('textbox', { name: 'Address' }))
    .toHaveValue('wss://192.168.0.33:7070/stomp')
  await expect.element(page.getByLabelText('Passcode')).toHaveFocus()
  expect(overflow()).toEqual({ x: 0, y: 0 })
  // What the network said first is what counts from then on.
  await connect().click()
  await expect.poll(() => inputsOf('addServer')).toMatchObject([{ fingerprint }])
  await expect.poll(() => inputsOf('browseNearby')).toEqual([{ on: true }, { on: false }])
})

test.each([
  [{ vpn: 'tailscale0', search: 'running' }, /^The VPN tailscale0 is on/],
  [{ vpn: null, search: 'no-network' }, /^This computer is not on a local network/],
  [{ vpn: null, search: 'failed' }, /^Stompbox can’t search this network/],
] as const)('where nothing is found because of %j, it says so', async (why, sentence) => {
  const { bridge } = await openWindow()
  await addServer()
  bridge.tell({ name: 'nearbyChanged', payload: { servers: [], ...why } })
  await expect.element(dialog().getByText(sentence)).toBeVisible()
})

test('what the network says of a server that is known does not change which certificate counts', async () => {
  const { fingerprint, url } = invite
  const server = aServer({ url, fingerprint })
  const { bridge, inputsOf } = await openWindow(
    { messenger: { servers: [server] } },
    { addServer: () => server },
  )
  await addServer()
  bridge.tell({
    name: 'nearbyChanged',
    payload: {
      servers: [{ name: 'stompbox-4k7m2x', url, fingerprint: 'cd'.repeat(32) }],
      vpn: null,
      search: 'running',
    },
  })
  await dialog()
    .getByRole('button', { name: /^192\.168\.0\.77:7070/ })
    .click()
  await connect().click()
  await expect.poll(() => inputsOf('addServer')).toMatchObject([{ url, fingerprint }])
})

test('from the dialog a link can be pasted instead', async () => {
  await openWindow()
  await addServer()
  await dialog().getByRole('button', { name: 'Join with a link' }).click()
  await expect.element(dialog().getByRole('textbox', { name: 'Invitation link' })).toHaveFocus()
})

test('an invitation that is pasted for the address fills in what it holds', async () => {
  const { inputsOf } = await openWindow({}, { addServer: () => aServer({ id: 's9' }) })
  await addServer()
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill(`Come in: ${link}`)
  await expect.element(address).toHaveValue(invite.url)
  await expect.element(connect()).toHaveFocus()
  await connect().click()
  await expect.poll(() => inputsOf('addServer')).toMatchObject([invite])
})

test('without a passcode in the invitation it is asked for', async () => {
  await openWindow()
  await addServer()
  await page.getByRole('textbox', { name: 'Address' }).fill(inviteLink({ ...invite, passcode: null }))
  await expect.element(page.getByLabelText('Passcode')).toHaveFocus()
})

test('an invitation that can’t be read is told, and nothing is added', async () => {
  const { inputsOf } = await openWindow()
  await addServer()
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('stompbox://join?url=wss%3A%2F%2Fbox&fp=12')
  await expect.element(dialog().getByRole('alert')).toMatchTextContent(/^This is not an invitation link/)
  await connect().click()
  await expect.element(dialog().getByRole('alert')).toBeVisible()
  expect(inputsOf('addServer')).toEqual([])
  await address.fill('ws://192.168.0.14:7070/stomp')
  await expect.element(dialog().getByRole('alert')).not.toBeInTheDocument()
})

const other = 'cd'.repeat(32)
/** The messenger's end, which asks until the new identity is accepted. */
const asking = (before: string, after: string) => {
  const ask =
    <Value,>(value: Value) =>
    ({ accepts }: { accepts?: string | undefined }): Value => {
      if (accepts !== after) throw new Failure('server-other', { name: '공방', before, after })
      return value
    }
  return { addServer: ask(aServer()), updateServer: ask(null) }
}
const shownPrint = (fingerprint: string) => fingerprint.match(/.{4}/g)?.join(' ') ?? ''
const accept = () => dialog().getByRole('button', { name: 'Trust the new one' })

test('an invitation with another certificate shows old and new, and needs a yes of its own', async () => {
  const { bridge, inputsOf } = await openWindow({}, asking(other, invite.fingerprint))
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await join().click()
  await expect.element(dialog().getByRole('alert')).toMatchTextContent(/^공방 had a different certificate/)
  await expect.element(dialog().getByText(shownPrint(other))).toBeVisible()
  await expect.poll(() => dialog().getByText(shownPrint(invite.fingerprint)).elements()).toHaveLength(2)
  // The same button again is no answer.
  await join().click()
  await expect.poll(() => inputsOf('addServer')).toEqual([invite, invite])
  await accept().click()
  await expect.poll(() => inputsOf('addServer').at(-1)).toEqual({ ...invite, accepts: invite.fingerprint })
  await expect.element(dialog()).not.toBeInTheDocument()
})

test('so does one that is pasted into the settings of a server', async () => {
  const server = aServer({ url: invite.url, fingerprint: other, hasPasscode: true })
  const { store, inputsOf } = await openWindow(
    { messenger: { servers: [server] } },
    asking(other, invite.fingerprint),
  )
  store.getState().openDialog({ name: 'edit-server', serverId: server.id })
  await page.getByRole('textbox', { name: 'Address' }).fill(link)
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect.element(dialog().getByText(shownPrint(other))).toBeVisible()
  await accept().click()
  await expect.poll(() => inputsOf('updateServer').at(-1)).toMatchObject({ accepts: invite.fingerprint })
  await expect.element(dialog()).not.toBeInTheDocument()
})

test('an address that is typed while a server is looked for stays', async () => {
  const found = Promise.withResolvers<string>()
  const addServerNever = () => new Promise<never>(() => undefined)
  const { inputsOf } = await openWindow({}, { findServer: () => found.promise, addServer: addServerNever })
  await addServer()
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('192.168.0.14')
  await connect().click()
  await expect.poll(() => inputsOf('findServer')).toHaveLength(1)
  await address.fill('192.168.0.20')
  found.resolve('ws://192.168.0.14:7070/stomp')
  await expect.poll(() => inputsOf('addServer')).toMatchObject([{ url: 'ws://192.168.0.14:7070/stomp' }])
  await expect.element(address).toHaveValue('192.168.0.20')
})

test('another address without a certificate asks whether it is the same server', async () => {
  const [before, after] = ['ws://192.168.0.14:7070', 'ws://192.168.0.20:7070']
  const { inputsOf } = await openWindow({}, asking(before, after))
  await addServer()
  await page.getByRole('textbox', { name: 'Address' }).fill(after)
  await connect().click()
  await expect.element(dialog().getByText(before, { exact: true })).toBeVisible()
  await dialog().getByRole('button', { name: 'It is the same server' }).click()
  await expect.poll(() => inputsOf('addServer').at(-1)).toMatchObject({ url: after, accepts: after })
})
