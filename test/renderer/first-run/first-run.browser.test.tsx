import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { profileOf } from '../../../shared/contract/profile.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import type { AppEvent } from '../../../shared/contract/api.ts'
import type { HostState } from '../../../shared/contract/model.ts'
import { aServer } from '../../shared/contract/examples.ts'
import { aDesktop } from '../window-bridge.ts'
import { openWindow, overflow } from '../open-window.tsx'

const nobody = { messenger: { person: null, servers: [], rooms: [], connections: {} } }
const own = aServer({ id: 'own', name: '박지우’s box', own: true })
const on: Extract<HostState, { phase: 'on' }> = {
  phase: 'on',
  serverId: own.id,
  since: 0,
  port: 7070,
  reach: 'lan',
  urls: ['wss://192.168.0.14:7070/stomp'],
  fingerprint: '0123456789abcdef'.repeat(4),
  passcode: '7K3M-Q9XT-2BVN-H4DR',
  people: [],
}
const hostButton = () => page.getByRole('button', { name: /^Host a chat here/ })
const connectButton = () => page.getByRole('button', { name: /^Connect to a server/ })
const nameField = () => page.getByRole('textbox', { name: 'Your name' })

/** What the messenger tells when the box is on. */
const begun = (host: HostState): AppEvent[] => [
  { name: 'personChanged', payload: { name: '박지우' } },
  { name: 'serverChanged', payload: own },
  { name: 'hostChanged', payload: host },
]

test('hosting takes a name and one click, and shows what others join with', async () => {
  const { bridge, inputsOf } = await openWindow(nobody, { startHost: () => on })
  await expect.element(nameField()).toHaveFocus()
  await userEvent.keyboard('박지우')
  await hostButton().click()
  await expect.poll(() => inputsOf('startHost')).toEqual([{}])
  await expect.poll(() => inputsOf('setPerson')).toEqual([{ name: '박지우' }])
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ name: '박지우’s box', reach: 'lan' }])
  bridge.tell(begun(on))
  await expect.element(page.getByRole('img', { name: 'QR code of the invitation' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Copy invite link' })).toBeVisible()
})

test('a box whose port is taken starts on a free one, and says which', async () => {
  const refuse = () => {
    throw new Failure('port-in-use', { port: 7070 })
  }
  const moved = { ...on, port: 49_200 }
  const { bridge, inputsOf } = await openWindow(nobody, { startHost: refuse, updateHost: () => moved })
  await nameField().fill('박지우')
  await hostButton().click()
  await expect.poll(() => inputsOf('updateHost').at(-1)).toEqual({ port: 0 })
  bridge.tell(begun(moved))
  await expect
    .element(page.getByText('Another program uses port 7070, so your box uses port 49200.'))
    .toBeVisible()
})

test('without a name nothing begins; the name is asked for', async () => {
  const { bridge } = await openWindow(nobody)
  await nameField().fill('   ')
  await hostButton().click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/Enter your name first\./)
  await expect.element(nameField()).toHaveFocus()
  expect(bridge.calls.map(call => call.name)).toEqual([])
})

test('a box that can’t start says why, and may be tried again', async () => {
  const refuse = () => {
    throw new Failure('disk-full')
  }
  await openWindow(nobody, { startHost: refuse })
  await nameField().fill('지우')
  await hostButton().click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^The disk is full/)
  await expect.element(hostButton()).toBeEnabled()
})

test('connecting takes an address, and opens the server', async () => {
  const server = aServer({ id: 's9', name: '192.168.0.14:7070' })
  const { bridge, inputsOf } = await openWindow(nobody, { addServer: () => server })
  await nameField().fill('지우')
  await connectButton().click()
  await page.getByRole('textbox', { name: 'Address' }).fill(' 192.168.0.14:7070 ')
  await page.getByLabelText('Passcode').fill('해질녘-수박-42')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect
    .poll(() => inputsOf('addServer'))
    .toEqual([
      {
        name: '192.168.0.14:7070',
        url: '192.168.0.14:7070',
        profile: profileOf(),
        fingerprint: null,
        passcode: '해질녘-수박-42',
        secrets: {},
      },
    ])
  await expect.poll(() => inputsOf('setPerson')).toEqual([{ name: '지우' }])
  bridge.tell({ name: 'serverChanged', payload: server })
  await expect.element(page.getByRole('heading', { level: 1, name: server.name })).toBeVisible()
})

test('an address that is none is said under its field', async () => {
  const refuse = () => {
    throw new Failure('url-invalid', { url: 'nowhere!' })
  }
  await openWindow(nobody, { findServer: refuse })
  await nameField().fill('지우')
  await connectButton().click()
  const submit = page.getByRole('button', { name: 'Connect', exact: true })
  await submit.click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/Enter the address of the server\./)
  await page.getByRole('textbox', { name: 'Address' }).fill('nowhere!')
  await submit.click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/“nowhere!” is not the address/)
})

test('the keys 1 to 3 choose, but not while something is typed', async () => {
  const { inputsOf } = await openWindow(nobody, { startHost: () => on })
  await expect.element(nameField()).toHaveFocus()
  await userEvent.keyboard('R2D2')
  await expect.element(nameField()).toHaveValue('R2D2')
  expect(inputsOf('setPerson')).toEqual([])
  await userEvent.tab()
  await expect.element(nameField()).not.toHaveFocus()
  await userEvent.keyboard('3')
  await expect.element(page.getByRole('textbox', { name: 'Address' })).toHaveFocus()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect.element(hostButton()).toBeVisible()
  await userEvent.keyboard('1')
  await expect.poll(() => inputsOf('setPerson')).toEqual([{ name: 'R2D2' }])
})

test('the language can be switched before anything else', async () => {
  const { bridge, inputsOf } = await openWindow(nobody)
  await page.getByRole('button', { name: '한국어로 보기' }).click()
  await expect.poll(() => inputsOf('updateSettings')).toEqual([{ language: 'ko' }])
  bridge.tell({ name: 'settingsChanged', payload: { ...aDesktop().settings, language: 'ko' } })
  await expect.element(page.getByRole('button', { name: /^여기서 채팅 열기/ })).toBeVisible()
})

test('the form of a server can be reached to its end in the smallest window', async () => {
  await openWindow(nobody, {}, [900, 600])
  await nameField().fill('지우')
  await connectButton().click()
  await page.getByText('More settings').click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect.element(page.getByRole('alert')).toBeVisible()
  expect(overflow()).toEqual({ x: 0, y: 0 })
})

const invite =
  'stompbox://join?url=ws%3A%2F%2F192.168.0.14%3A7070%2Fstomp&passcode=7K3M-Q9XT&name=%EA%B3%B5%EB%B0%A9'
const invited = {
  name: '공방',
  url: 'ws://192.168.0.14:7070/stomp',
  fingerprint: null,
  passcode: '7K3M-Q9XT',
}
const linkField = () => page.getByRole('textbox', { name: 'Invitation link' })
const joinButton = () => page.getByRole('button', { name: 'Join', exact: true })

test('a pasted link is read, shown, and joined only then', async () => {
  const server = aServer({ id: 's9', name: '공방' })
  const { bridge, inputsOf } = await openWindow(nobody, { addServer: () => server })
  await nameField().fill('지우')
  await page.getByRole('button', { name: /^Join with a link/ }).click()
  await expect.element(linkField()).toHaveFocus()
  await expect.element(joinButton()).toBeDisabled()
  await linkField().fill('come in')
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^This is not an invitation link/)
  await linkField().fill(`들어와요: ${invite}`)
  await expect.element(page.getByText('ws://192.168.0.14:7070/stomp', { exact: true })).toBeVisible()
  await expect.element(page.getByText('in the link; saved on this computer')).toBeVisible()
  await joinButton().click()
  await expect.poll(() => inputsOf('addServer')).toEqual([invited])
  await expect.poll(() => inputsOf('setPerson')).toEqual([{ name: '지우' }])
  bridge.tell({ name: 'serverChanged', payload: server })
  await expect.element(page.getByRole('heading', { level: 1, name: '공방' })).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('a link that is opened before the first run waits for a name', async () => {
  const { bridge, inputsOf } = await openWindow(nobody, { addServer: () => aServer({ id: 's9' }) })
  bridge.tell({ name: 'inviteOpened', payload: { link: invite } })
  await expect.element(linkField()).toHaveValue(invite)
  await joinButton().click()
  await expect.element(nameField()).toHaveFocus()
  expect(inputsOf('addServer')).toEqual([])
  await nameField().fill('지우')
  await joinButton().click()
  await expect.poll(() => inputsOf('addServer')).toEqual([invited])
})

test('a link that is opened while something else is begun is offered once that is done', async () => {
  const server = aServer({ id: 's9', name: '공방' })
  const { bridge } = await openWindow(nobody, { addServer: () => server })
  await nameField().fill('지우')
  await connectButton().click()
  bridge.tell({ name: 'inviteOpened', payload: { link: invite } })
  await page.getByRole('textbox', { name: /^Address/ }).fill('192.168.0.20')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  bridge.tell({ name: 'serverChanged', payload: server })
  await expect.element(page.getByRole('heading', { level: 1, name: '공방' })).toBeInTheDocument()
  await expect.element(page.getByRole('dialog').getByRole('textbox')).toHaveValue(invite)
})

test('a link that is opened while the box starts is offered over the box', async () => {
  const started = Promise.withResolvers<HostState>()
  const { bridge } = await openWindow(nobody, { startHost: () => started.promise })
  await nameField().fill('지우')
  await hostButton().click()
  await expect.element(page.getByText('Starting…')).toBeVisible()
  bridge.tell({ name: 'inviteOpened', payload: { link: invite } })
  await expect.element(linkField()).toHaveValue(invite)
  bridge.tell(begun(on))
  started.resolve(on)
  await expect.element(page.getByRole('dialog').getByRole('textbox')).toHaveValue(invite)
})

test('a link takes the place of an empty form, and not of one in which something is typed', async () => {
  const { bridge, store } = await openWindow(nobody)
  await nameField().fill('지우')
  await page.getByRole('button', { name: /^Join with a link/ }).click()
  bridge.tell({ name: 'inviteOpened', payload: { link: invite } })
  await expect.element(linkField()).toHaveValue(invite)
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /^Join with a link/ }).click()
  await linkField().fill('stompbox://')
  bridge.tell({ name: 'inviteOpened', payload: { link: invite } })
  await expect.poll(() => store.getState().requests).toHaveLength(1)
  await expect.element(linkField()).toHaveValue('stompbox://')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect.element(linkField()).toHaveValue(invite)
})

test('going back from an opened link leads to the choices', async () => {
  const { bridge } = await openWindow(nobody)
  bridge.tell({ name: 'inviteOpened', payload: { link: invite } })
  await page.getByRole('button', { name: 'Back' }).click()
  await expect.element(hostButton()).toBeVisible()
})

test('what goes wrong meanwhile is told here as well', async () => {
  const { bridge } = await openWindow(nobody)
  bridge.tell({ name: 'errorRaised', payload: { code: 'secrets-unavailable' } })
  await expect
    .element(page.getByRole('alert'))
    .toMatchTextContent(/^This computer’s key store did not keep a passcode/)
})

test('an address at which nothing answers is told in the form, can be corrected, and can be used all the same', async () => {
  const nothing = () => {
    throw new Failure('no-server-found', { name: 'localhost', ports: '7070, 15674' })
  }
  const { inputsOf } = await openWindow(nobody, {
    findServer: ({ url }) => (url === 'localhost' ? nothing() : 'ws://127.0.0.1:15674/ws'),
    addServer: () => aServer({ id: 's9' }),
  })
  await nameField().fill('지우')
  await connectButton().click()
  const address = page.getByRole('textbox', { name: 'Address' })
  const submit = page.getByRole('button', { name: 'Connect', exact: true })
  await address.fill('localhost')
  await submit.click()
  await expect
    .element(page.getByRole('alert'))
    .toMatchTextContent(/^No STOMP server answers on localhost \(ports 7070, 15674/)
  expect(inputsOf('setPerson')).toEqual([])
  await expect.element(page.getByRole('button', { name: 'Use this address anyway' })).toBeVisible()

  await address.fill('127.0.0.1')
  await submit.click()
  await expect.element(address).toHaveValue('ws://127.0.0.1:15674/ws')
  await expect.poll(() => inputsOf('addServer')).toMatchObject([{ url: 'ws://127.0.0.1:15674/ws' }])
})

test('an address at which nothing answers is used where the person wants it', async () => {
  const { inputsOf } = await openWindow(nobody, {
    findServer: () => {
      throw new Failure('port-closed', { name: '192.168.0.14', port: 7070 })
    },
    addServer: () => aServer({ id: 's9' }),
  })
  await nameField().fill('지우')
  await connectButton().click()
  await page.getByRole('textbox', { name: 'Address' }).fill('192.168.0.14:7070')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: 'Use this address anyway' }).click()
  await expect.poll(() => inputsOf('addServer')).toMatchObject([{ url: '192.168.0.14:7070' }])
})
