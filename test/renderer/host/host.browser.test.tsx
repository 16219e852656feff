import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { HostState } from '../../../shared/contract/model.ts'
import { parseInvite } from '../../../shared/contract/invite.ts'
import { hueOf } from '../../../renderer/ui/marks/avatar-text.ts'
import { aMeasure, aServer } from '../../shared/contract/examples.ts'
import { aDesktop } from '../window-bridge.ts'
import { openWindow, overflow } from '../open-window.tsx'

const own = aServer({ id: 'own', name: '지우의 상자', own: true })
const guest = (name: string, address: string) => ({
  personId: `id-${name}`,
  name,
  address,
  since: Date.now(),
})
const on: Extract<HostState, { phase: 'on' }> = {
  phase: 'on',
  serverId: own.id,
  since: 0,
  port: 7070,
  reach: 'lan',
  urls: ['wss://192.168.0.14:7070/stomp', 'wss://10.0.0.3:7070/stomp'],
  fingerprint: '0123456789abcdef'.repeat(4),
  passcode: '해질녘-수박-42',
  people: [guest('박지우', '127.0.0.1'), guest('최민준', '192.168.0.21')],
}
const openPage = async (host: HostState, size?: [number, number], settings = aDesktop().settings) => {
  const window = await openWindow({ desktop: { host, settings }, messenger: { servers: [own] } }, {}, size)
  window.store.getState().show({ name: 'host' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'Your box' })).toBeVisible()
  return window
}
const footswitch = () => page.getByRole('switch', { name: 'Host a chat' })

test('the footswitch starts the box', async () => {
  const { inputsOf } = await openPage({ phase: 'off' })
  await expect.element(page.getByText('Off', { exact: true })).toBeVisible()
  await expect.element(footswitch()).not.toBeChecked()
  await footswitch().click()
  await expect.poll(() => inputsOf('startHost')).toEqual([{}])
})

test('while it starts, the footswitch waits', async () => {
  await openPage({ phase: 'starting' })
  await expect.element(footswitch()).toBeDisabled()
})

test('a box that could not start says why, and can be tried again', async () => {
  await openPage({ phase: 'failed', error: { code: 'port-in-use', params: { port: 7070 } } })
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^Another program already uses port 7070/)
  await expect.element(footswitch()).toBeEnabled()
})

test('switching off asks while others are connected', async () => {
  const { inputsOf } = await openPage(on)
  await footswitch().click()
  await expect.element(page.getByRole('dialog', { name: 'Turn the box off?' })).toBeVisible()
  expect(inputsOf('stopHost')).toEqual([])
  await page.getByRole('button', { name: 'Turn off' }).click()
  await expect.poll(() => inputsOf('stopHost')).toEqual([{}])
})

test('switching off a box that nobody else uses does not ask', async () => {
  const { inputsOf } = await openPage({ ...on, people: on.people.slice(0, 1) })
  await footswitch().click()
  await expect.poll(() => inputsOf('stopHost')).toEqual([{}])
})

test('it says how long it is on, under which addresses, and who is here', async () => {
  // Not what `on` says: minutes may have gone by since this file was loaded.
  const { inputsOf } = await openPage({ ...on, since: Date.now() - 134 * 60_000 })
  await expect.element(page.getByText('2 h 14 min')).toBeVisible()
  const people = page.getByRole('region', { name: 'Who is here' })
  await expect.element(people.getByText('2 connections')).toBeVisible()
  await expect.element(people.getByText('192.168.0.21')).toBeVisible()
  await expect.element(people.getByText('this computer')).toBeVisible()
  await page.getByRole('button', { name: 'Copy address' }).click()
  await expect.poll(() => inputsOf('copyText')).toEqual([{ text: 'wss://192.168.0.14:7070/stomp' }])
  await expect.element(page.getByText('Copied')).toBeVisible()
})

test('people have the face that stands beside their messages', async () => {
  await openPage(on)
  const hue = (name: string) =>
    page
      .getByRole('listitem')
      .filter({ hasText: name })
      .element()
      .querySelector('[data-hue]')
      ?.getAttribute('data-hue')
  for (const name of ['최민준', '박지우']) await expect.poll(() => hue(name)).toBe(String(hueOf(name)))
})

test('the passcode is hidden until it is asked for, and can be copied without', async () => {
  const { inputsOf } = await openPage(on)
  await expect.element(page.getByText('해질녘-수박-42')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Copy passcode' }).click()
  await expect.poll(() => inputsOf('copyText')).toEqual([{ text: '해질녘-수박-42' }])
  await page.getByRole('button', { name: 'Show passcode' }).click()
  await expect.element(page.getByText('해질녘-수박-42')).toBeVisible()
  await page.getByRole('button', { name: 'Hide passcode' }).click()
  await expect.element(page.getByText('해질녘-수박-42')).not.toBeInTheDocument()
})

test('the fingerprint stands there in groups, and is copied without', async () => {
  const { inputsOf } = await openPage(on)
  await expect.element(page.getByText(/^(0123 4567 89ab cdef ?){4}$/)).toBeVisible()
  await page.getByRole('button', { name: 'Copy fingerprint' }).click()
  await expect.poll(() => inputsOf('copyText')).toEqual([{ text: on.fingerprint }])
})

test('a new passcode is one’s own or a random one, but no short one', async () => {
  const { inputsOf } = await openPage(on)
  const submit = page.getByRole('button', { name: 'Set passcode' })
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Passcode' })
  await page.getByRole('button', { name: 'New passcode' }).click()
  await field.fill('short')
  await submit.click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^Use at least 8 characters/)
  await field.fill('long enough')
  await submit.click()
  await expect.element(field).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'New passcode' }).click()
  await submit.click()
  await expect
    .poll(() => inputsOf('setHostPasscode'))
    .toEqual([{ passcode: 'long enough' }, { passcode: null }])
})

const portField = () => page.getByRole('textbox', { name: 'Port' })
const nameField = () => page.getByRole('textbox', { name: 'Box name' })

test('who can connect, the name and the port are applied as soon as they are chosen', async () => {
  const { inputsOf } = await openPage({ phase: 'off' })
  await page.getByRole('radio', { name: 'The network' }).click()
  await portField().fill('80')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^The port has to be a number from 1024/)
  await portField().fill('7080')
  await userEvent.keyboard('{Enter}')
  await nameField().fill(' 공방 ')
  await userEvent.tab()
  await expect
    .poll(() => inputsOf('updateHost'))
    .toEqual([{ reach: 'lan' }, { port: 7080 }, { name: '공방' }])
  await expect.element(page.getByText('Saved.')).toBeVisible()
})

test('a name that is typed when the page goes is kept, a port that can not be is told', async () => {
  const { store, inputsOf } = await openPage({ phase: 'off' })
  const leave = () => store.getState().show({ name: 'settings', section: 'profile' })
  await nameField().fill('공방')
  leave()
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ name: '공방' }])
  await expect.element(nameField()).not.toBeInTheDocument()
  store.getState().show({ name: 'host' })
  await portField().fill('80')
  leave()
  await expect.element(page.getByText(/^The port has to be a number/)).toBeVisible()
  await expect.poll(() => inputsOf('updateHost')).toHaveLength(1)
})

test('a port that others are connected by is changed only when that was confirmed', async () => {
  const { inputsOf } = await openPage(on)
  const type = async () => {
    await portField().fill('7080')
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('dialog', { name: 'Change the port?' })).toBeVisible()
  }
  await type()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(portField()).toHaveValue('7070')
  await type()
  expect(inputsOf('updateHost')).toEqual([])
  await page.getByRole('button', { name: 'Change port' }).click()
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ port: 7080 }])
})

test('closing a box to the network asks while others are connected', async () => {
  const settings = { ...aDesktop().settings, host: { ...aDesktop().settings.host, reach: 'lan' as const } }
  const { inputsOf } = await openPage(on, [1280, 800], settings)
  await page.getByRole('radio', { name: 'This computer' }).click()
  await expect.element(page.getByRole('dialog', { name: 'Close the box to the network?' })).toBeVisible()
  expect(inputsOf('updateHost')).toEqual([])
  await page.getByRole('button', { name: 'Close it' }).click()
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ reach: 'loopback' }])
})

test('a port that is taken can be left for a free one where the failure is told', async () => {
  const { inputsOf } = await openPage({
    phase: 'failed',
    error: { code: 'port-in-use', params: { port: 7070 } },
  })
  await page.getByRole('button', { name: 'Use a free port' }).click()
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ port: 0 }])
})

test('on loopback it says that nobody else gets in', async () => {
  await openPage({ ...on, reach: 'loopback', passcode: null, people: [] })
  await expect.element(page.getByText('Not needed on this computer')).toBeVisible()
  await expect.element(page.getByText('No one yet')).toBeVisible()
})

test('a long name and many people fit the smallest window', async () => {
  const people = Array.from({ length: 40 }, (_, index) => guest('A'.repeat(60), `192.168.0.${index}`))
  await openPage({ ...on, people }, [900, 600])
  const card = page.getByRole('region', { name: 'Who is here' })
  await expect.element(card).toBeVisible()
  expect(overflow()).toEqual({ x: 0, y: 0 })
  expect(card.element().scrollWidth).toBeLessThanOrEqual(card.element().clientWidth)
})

const link =
  `stompbox://join?url=wss%3A%2F%2F192.168.0.14%3A7070%2Fstomp&fp=${on.fingerprint ?? ''}` +
  '&passcode=%ED%95%B4%EC%A7%88%EB%85%98-%EC%88%98%EB%B0%95-42' +
  '&name=%EC%A7%80%EC%9A%B0%EC%9D%98%20%EC%83%81%EC%9E%90'

test('the invitation is a code and a link, and says that the passcode is in it', async () => {
  const { inputsOf } = await openPage(on)
  await expect
    .element(page.getByText(/It contains the passcode, so anyone who has it can join/))
    .toBeVisible()
  await page.getByRole('button', { name: 'Copy invite link' }).click()
  await expect.poll(() => inputsOf('copyText')).toEqual([{ text: link }])
  expect(parseInvite(link)).toMatchObject({ passcode: '해질녘-수박-42', name: '지우의 상자' })
  const code = page.getByRole('img', { name: 'QR code of the invitation' })
  await expect.element(code).toBeVisible()
  const { width, height } = code.element().getBoundingClientRect()
  expect(width).toBe(height)
  expect(width % 3).toBe(0)
})

test('a box that only this computer reaches invites nobody', async () => {
  await openPage({ ...on, reach: 'loopback', urls: ['ws://127.0.0.1:7070/stomp'], passcode: null })
  await expect.element(page.getByText(/^Only programs on this computer/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Copy invite link' })).not.toBeInTheDocument()
})

test('a box that only this computer reaches is opened to the network right there', async () => {
  const { inputsOf } = await openPage({ ...on, reach: 'loopback', urls: ['ws://127.0.0.1:7070/stomp'] })
  await page.getByRole('button', { name: 'Let others join' }).click()
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ reach: 'lan' }])
})

test('without a network there is no invitation yet', async () => {
  await openPage({ ...on, urls: ['wss://127.0.0.1:7070/stomp'] })
  await expect.element(page.getByText(/^This computer is not on a network/)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Copy invite link' })).not.toBeInTheDocument()
})

test.each([
  ['an ordinary window', [1280, 800]],
  ['the smallest window', [900, 600]],
] as const)('code and link are in view without scrolling in %s', async (_what, [width, height]) => {
  await openPage(on, [width, height])
  for (const part of [
    page.getByRole('img', { name: 'QR code of the invitation' }),
    page.getByRole('button', { name: 'Copy invite link' }),
  ])
    await expect.poll(() => part.element().getBoundingClientRect().bottom).toBeLessThan(height)
})

test('which of several addresses others are given can be chosen', async () => {
  const { bridge, inputsOf } = await openPage(on)
  const select = page.getByRole('combobox', { name: 'Address to give to others' })
  await expect.element(select).toHaveValue('wss://192.168.0.14:7070/stomp')
  await select.selectOptions('wss://10.0.0.3:7070/stomp')
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ address: '10.0.0.3' }])
  bridge.tell({ name: 'hostChanged', payload: { ...on, urls: on.urls.toReversed() } })
  await expect.element(select).toHaveValue('wss://10.0.0.3:7070/stomp')
})

test.each([
  ['one address', ['wss://192.168.100.100:7071/stomp']],
  ['several addresses', ['wss://192.168.100.100:61613/stomp', 'wss://10.0.0.3:61613/stomp']],
])('a long address can be read whole (%s)', async (_, urls) => {
  await openPage({ ...on, urls })
  const [url = ''] = urls
  const shown = page.getByTitle(url).last()
  await expect.element(shown).toBeVisible()
  const element = shown.element()
  const { fontFamily, fontSize, paddingLeft, paddingRight } = getComputedStyle(element)
  const written = document.body.appendChild(document.createElement('span'))
  Object.assign(written.style, { fontFamily, fontSize, whiteSpace: 'pre', position: 'fixed' })
  written.textContent = url
  const { width } = written.getBoundingClientRect()
  written.remove()
  const free = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
  expect(width).toBeGreaterThan(200)
  expect(width).toBeLessThanOrEqual(free)
})

test('address, passcode and fingerprint begin at one edge, in English as in Korean', async () => {
  const { bridge } = await openPage({ ...on, urls: on.urls.slice(0, 1) })
  const edges = (words: string[]) =>
    new Set(
      words.flatMap(word => {
        const name = page.getByText(word, { exact: true }).first().element()
        return [name, name.nextElementSibling].map(part => part?.getBoundingClientRect().left)
      }),
    )
  await expect.poll(() => edges(['Address', 'Passcode', 'Fingerprint']).size).toBe(1)
  const { settings } = aDesktop()
  bridge.tell({ name: 'settingsChanged', payload: { ...settings, language: 'ko' } })
  await expect.element(page.getByText('지문', { exact: true })).toBeVisible()
  await expect.poll(() => edges(['주소', '암호', '지문']).size).toBe(1)
})

test('with one address there is nothing to choose', async () => {
  await openPage({ ...on, urls: on.urls.slice(0, 1) })
  await expect.element(page.getByText('wss://192.168.0.14:7070/stomp')).toBeVisible()
  await expect.element(page.getByRole('combobox')).not.toBeInTheDocument()
})

test('showing the box on the network is a switch of its own and loses nothing that is typed', async () => {
  const { bridge, inputsOf } = await openPage({ phase: 'off' })
  await nameField().fill('공방')
  const advertise = page.getByRole('switch', { name: 'Show it on this network' })
  await expect.element(advertise).not.toBeChecked()
  await advertise.click()
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ name: '공방' }, { advertise: true }])
  const { settings } = aDesktop()
  bridge.tell({
    name: 'settingsChanged',
    payload: { ...settings, host: { ...settings.host, name: '공방', advertise: true } },
  })
  await expect.element(advertise).toBeChecked()
  await expect.element(nameField()).toHaveValue('공방')
})

test('other names, and connections by address, are set on the network', async () => {
  const { inputsOf } = await openPage(on, undefined, {
    ...aDesktop().settings,
    host: { ...aDesktop().settings.host, reach: 'lan' },
  })
  const names = page.getByRole('textbox', { name: 'Other names' })
  await names.fill('box.lan, http://x')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^Write host names such as box\.lan/)
  await names.fill('box.lan, chat.example:8443')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  const most = page.getByRole('textbox', { name: 'Per address' })
  await most.fill('257')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toMatchTextContent('Write a number from 1 to 256.')
  await most.fill('120')
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => inputsOf('updateHost'))
    .toEqual([{ names: ['box.lan', 'chat.example:8443'] }, { perAddress: 120 }])
})

test('a name is freed once that is confirmed', async () => {
  const { inputsOf } = await openPage(on)
  await page.getByRole('button', { name: 'Free a name…' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill('최민준')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog', { name: 'Free the name 최민준?' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus()
  await page.getByRole('button', { name: 'Free name' }).click()
  await expect.poll(() => inputsOf('freeName')).toEqual([{ serverId: on.serverId, name: '최민준' }])
  await expect.element(page.getByText('The name 최민준 is free.')).toBeVisible()
})

test('a name in a table takes the room that its column has', async () => {
  const { bridge } = await openPage(on)
  const destination = '/queue/orders.created.by-hand'
  const queue = { destination, kind: 'queue', messages: 1, bytes: 16, isRead: false } as const
  bridge.tell({ name: 'hostMeasured', payload: aMeasure({ queues: [queue] }) })
  const name = page.getByText(destination)
  await expect.element(name).toBeVisible()
  expect(name.element().scrollWidth).toBe(name.element().clientWidth)
})

test('a queue that fills the box is deleted from its page', async () => {
  const { bridge, inputsOf } = await openPage(on)
  await expect.element(page.getByRole('heading', { name: 'Queues and streams' })).not.toBeInTheDocument()
  const queue = {
    destination: '/queue/left',
    kind: 'queue' as const,
    messages: 10_000,
    bytes: 16e6,
    isRead: false,
  }
  bridge.tell({ name: 'hostMeasured', payload: aMeasure({ queues: [queue], moreQueues: 3 }) })
  const row = page.getByRole('row', { name: /^.queue.left/ })
  await expect.element(row).toHaveTextContent('/queue/left10,00016 MB')
  await expect.element(page.getByText('And 3 smaller ones.')).toBeVisible()
  await row.getByRole('button', { name: 'Delete /queue/left' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete /queue/left?' })
  await expect.element(dialog).toMatchTextContent(/Its messages are lost for everyone/)
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect
    .poll(() => inputsOf('deleteQueue'))
    .toEqual([{ serverId: on.serverId, destination: '/queue/left' }])
})
