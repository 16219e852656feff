import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { profileOf } from '../../../shared/contract/profile.ts'
import type { ConnectionState, HostState } from '../../../shared/contract/model.ts'
import { aRoom, aServer } from '../../shared/contract/examples.ts'
import { aDesktop } from '../window-bridge.ts'
import { openWindow } from '../open-window.tsx'

const server = aServer()
const connected = (state: ConnectionState) => ({ messenger: { connections: { [server.id]: state } } })
const banner = () => page.getByRole('status').filter({ has: page.getByRole('button') })
const menu = (name = '한빛 스튜디오') => page.getByRole('complementary').getByRole('button', { name })
const entry = (name: string) => page.getByRole('menuitem', { name })

test('a lost connection counts down to the next try, which can be now', async () => {
  const { bridge, inputsOf } = await openWindow(
    connected({
      phase: 'waiting',
      attempt: 2,
      since: Date.now(),
      retryAt: Date.now() + 3_600_000,
      error: { code: 'connection-lost' },
    }),
  )
  await expect
    .element(banner())
    .toMatchTextContent(/^The connection was lost\. +Trying again in \d+ seconds\./)
  await expect.element(menu('not connected 한빛 스튜디오')).toBeVisible()
  await banner().getByRole('button', { name: 'Try now' }).click()
  await expect.poll(() => inputsOf('connectServer')).toEqual([{ id: server.id }])
  bridge.tell({
    name: 'connectionChanged',
    payload: { serverId: server.id, state: { phase: 'online', since: Date.now() } },
  })
  await expect.element(page.getByText('The connection was lost.')).not.toBeInTheDocument()
})

test('a wrong passcode leads to the field where it is changed', async () => {
  const { inputsOf } = await openWindow({
    messenger: {
      servers: [aServer({ hasPasscode: true })],
      connections: { [server.id]: { phase: 'refused', since: 0, error: { code: 'passcode-wrong' } } },
    },
  })
  await banner().getByRole('button', { name: 'Change passcode' }).click()
  await expect.element(page.getByLabelText('Passcode')).toHaveFocus()
  await userEvent.keyboard('새로운-암호-77')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => inputsOf('updateServer'))
    .toMatchObject([{ id: server.id, change: { passcode: '새로운-암호-77', url: server.url } }])
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('a key that can’t be read is given up only after a question, with the focus on keeping it', async () => {
  const error = { code: 'secrets-locked' as const }
  const { inputsOf } = await openWindow({
    messenger: {
      connections: { [server.id]: { phase: 'waiting', attempt: 1, since: 0, retryAt: Infinity, error } },
    },
  })
  await banner().getByRole('button', { name: 'Use a new key…' }).click()
  await expect.element(page.getByRole('button', { name: 'Keep the old key' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(inputsOf('renewSecrets')).toEqual([])
  await banner().getByRole('button', { name: 'Use a new key…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use a new key' }).click()
  await expect.poll(() => inputsOf('renewSecrets')).toEqual([{ id: server.id }])
})

test('a server that was never reached is said to be connecting only as long as it is', async () => {
  const { bridge } = await openWindow({
    messenger: {
      servers: [aServer({ kind: null })],
      rooms: [],
      connections: { [server.id]: { phase: 'connecting', attempt: 1 } },
    },
  })
  await expect.element(page.getByText('Connecting to 한빛 스튜디오')).toBeVisible()
  const refused: ConnectionState = { phase: 'refused', since: 0, error: { code: 'passcode-wrong' } }
  bridge.tell({ name: 'connectionChanged', payload: { serverId: server.id, state: refused } })
  await expect.element(page.getByText('Not connected to 한빛 스튜디오')).toBeVisible()
  await expect.element(page.getByText(/^Connecting to/)).not.toBeInTheDocument()

  const change = banner().getByRole('button', { name: 'Change passcode' })
  await change.click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(change).toHaveFocus()
})

test('a box that is off is switched on from its banner', async () => {
  const own = aServer({ own: true })
  const { inputsOf } = await openWindow({
    messenger: { servers: [own], connections: { [own.id]: { phase: 'off' } } },
  })
  await banner().getByRole('button', { name: 'Turn it on' }).click()
  await expect.poll(() => inputsOf('startHost')).toEqual([{}])
})

test('a server is edited: what is not touched stays, a kept passcode is not sent', async () => {
  const { inputsOf } = await openWindow({
    messenger: {
      servers: [aServer({ hasPasscode: true, profile: profileOf({ connect: { login: 'ada' } }) })],
    },
  })
  await menu().click()
  await entry('Edit server').click()
  const name = page.getByRole('textbox', { name: 'Server name' })
  await expect.element(name).toHaveValue('한빛 스튜디오')
  await name.fill('한빛 2')
  await page.getByRole('button', { name: 'Save' }).click()
  const { url, fingerprint } = server
  await expect
    .poll(() => inputsOf('updateServer'))
    .toEqual([
      {
        id: server.id,
        change: {
          name: '한빛 2',
          url,
          profile: profileOf({ connect: { login: 'ada' } }),
          secrets: {},
          fingerprint,
        },
      },
    ])
})

test('a kept passcode can be forgotten', async () => {
  const { inputsOf } = await openWindow({ messenger: { servers: [aServer({ hasPasscode: true })] } })
  await menu().click()
  await entry('Edit server').click()
  await page.getByRole('button', { name: 'Forget the passcode' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => inputsOf('updateServer')).toMatchObject([{ change: { passcode: null } }])
})

test('a template with an unknown placeholder is refused in its field', async () => {
  const { inputsOf } = await openWindow()
  await menu().click()
  await entry('Edit server').click()
  await page.getByText('More settings').click()
  await page.getByText('Rooms and destinations').click()
  await page.getByRole('textbox', { name: 'Send to' }).fill('/pub/{room}')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/\{roomId\}/)
  expect(inputsOf('updateServer')).toEqual([])
})

test('removing a server asks first, with the focus on keeping it', async () => {
  const { inputsOf } = await openWindow()
  await menu().click()
  await entry('Remove server').click()
  await expect.element(page.getByRole('dialog', { name: 'Remove 한빛 스튜디오?' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Keep it' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(inputsOf('removeServer')).toEqual([])
  await menu().click()
  await entry('Remove server').click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect.poll(() => inputsOf('removeServer')).toEqual([{ id: server.id }])
})

test('a server is switched off and on from its menu', async () => {
  const { bridge, inputsOf } = await openWindow()
  await menu().click()
  await entry('Disconnect').click()
  await expect.poll(() => inputsOf('disconnectServer')).toEqual([{ id: server.id }])
  bridge.tell([
    { name: 'serverChanged', payload: aServer({ enabled: false }) },
    { name: 'connectionChanged', payload: { serverId: server.id, state: { phase: 'off' } } },
  ])
  await expect.element(banner()).toMatchTextContent(/^You are disconnected\./)
  await menu('not connected 한빛 스튜디오').click()
  await entry('Connect').click()
  await expect.poll(() => inputsOf('connectServer')).toEqual([{ id: server.id }])
})

test('the dialog keeps the focus: what is behind is inert until it closes', async () => {
  await openWindow()
  await page.getByRole('button', { name: 'Add a server' }).click()
  await expect.poll(() => document.getElementById('root')?.inert).toBe(true)
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.poll(() => document.getElementById('root')?.inert).toBe(false)
})

test('one’s own server has no address to edit', async () => {
  await openWindow({ messenger: { servers: [aServer({ own: true })] } })
  await menu().click()
  await expect.element(entry('Browse rooms')).toBeVisible()
  await expect.element(entry('Remove server')).not.toBeInTheDocument()
})

test('a window without a server offers to host and to connect', async () => {
  const { bridge, store } = await openWindow()
  store.getState().leaveServer(server.id)
  bridge.tell({ name: 'serverRemoved', payload: { id: server.id } })
  await page.getByRole('button', { name: 'Connect to a server' }).click()
  await expect.element(page.getByRole('dialog', { name: 'Connect to a server' })).toBeVisible()
})

const on: HostState = {
  phase: 'on',
  serverId: server.id,
  since: 0,
  port: 7070,
  reach: 'loopback',
  urls: [],
  fingerprint: null,
  passcode: null,
  people: [],
}
test.each([
  ['off', { phase: 'off' } as const],
  ['on', on],
])('the tile of the box says that it is %s, and what waits in it', async (word, host) => {
  await openWindow({
    desktop: { host },
    messenger: { servers: [aServer({ own: true })], rooms: [aRoom('general', { unread: 1 })] },
  })
  await expect.element(page.getByRole('button', { name: `Your box: ${word}, unread messages` })).toBeVisible()
})

test('the settings are in Korean where the window is', async () => {
  await openWindow({ desktop: { settings: { ...aDesktop().settings, language: 'ko' } } })
  await page.getByRole('button', { name: '한빛 스튜디오', exact: true }).nth(1).click()
  await expect.element(entry('서버 삭제')).toBeVisible()
})
