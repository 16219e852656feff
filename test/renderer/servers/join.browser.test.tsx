import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { inviteLink } from '../../../shared/contract/invite.ts'
import { aServer } from '../window-bridge.ts'
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
const addServer = async () => page.getByRole('button', { name: 'Add a server' }).click()

test('a link that the system opens is asked about first', async () => {
  const { bridge, inputsOf } = await openWindow({}, { addServer: () => aServer({ id: 's9' }) })
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await expect.element(dialog().getByText('Join only if you know who sent it.')).toBeVisible()
  await expect.element(dialog().getByText(invite.url, { exact: true })).toBeVisible()
  await expect.element(dialog().getByText(invite.fingerprint)).toBeVisible()
  await expect.element(join()).toHaveFocus()
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
  await expect.element(dialog().getByRole('alert')).toMatchTextContent(/^This is no invitation link/)
  await expect.element(join()).toBeDisabled()
})

test('an invitation to a server that is known mends the way to it', async () => {
  const known = aServer({ url: invite.url })
  const { bridge, inputsOf } = await openWindow({ messenger: { servers: [known] } })
  bridge.tell({ name: 'inviteOpened', payload: { link } })
  await join().click()
  await expect
    .poll(() => inputsOf('updateServer'))
    .toEqual([{ id: known.id, change: { fingerprint: invite.fingerprint, passcode: invite.passcode } }])
  expect(inputsOf('addServer')).toEqual([])
})

test('the network is looked at while the dialog is open, and no longer', async () => {
  const { bridge, inputsOf } = await openWindow({}, {}, [900, 600])
  await addServer()
  await expect.element(dialog().getByText(/^No box shows itself here/)).toBeVisible()
  expect(inputsOf('browseNearby')).toEqual([{ on: true }])
  bridge.tell({
    name: 'nearbyChanged',
    payload: [
      { name: 'stompbox-4k7m2x', url: 'ws://192.168.0.14:7070/stomp' },
      { name: 'stompbox-9p2q4r', url: 'ws://192.168.0.33:7070/stomp' },
    ],
  })
  await dialog()
    .getByRole('button', { name: /^192\.168\.0\.33:7070/ })
    .click()
  await expect
    .element(page.getByRole('textbox', { name: 'Address' }))
    .toHaveValue('ws://192.168.0.33:7070/stomp')
  await expect.element(page.getByLabelText('Passcode')).toHaveFocus()
  expect(overflow()).toEqual({ x: 0, y: 0 })
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => inputsOf('browseNearby')).toEqual([{ on: true }, { on: false }])
})

test('from the dialog a link can be pasted instead', async () => {
  await openWindow()
  await addServer()
  await dialog().getByRole('button', { name: 'Join with a link' }).click()
  await expect.element(dialog().getByRole('textbox', { name: 'Invitation link' })).toHaveFocus()
})
