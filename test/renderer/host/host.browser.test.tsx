import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { HostState } from '../../../shared/contract/model.ts'
import { aServer } from '../window-bridge.ts'
import { openWindow, overflow } from '../open-window.tsx'

const own = aServer({ id: 'own', name: '지우의 상자', own: true })
const guest = (name: string, address: string) => ({ name, address, since: Date.now() })
const on: HostState = {
  phase: 'on',
  serverId: own.id,
  since: Date.now() - 134 * 60_000,
  port: 7070,
  reach: 'lan',
  urls: ['ws://192.168.0.14:7070/stomp', 'ws://10.0.0.3:7070/stomp'],
  passcode: '해질녘-수박-42',
  people: [guest('박지우', '127.0.0.1'), guest('최민준', '192.168.0.21')],
}
const openPage = async (host: HostState, size?: [number, number]) => {
  const window = await openWindow({ host, messenger: { servers: [own] } }, {}, size)
  window.store.getState().show({ name: 'host' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'Your box' })).toBeVisible()
  return window
}
const footswitch = () => page.getByRole('switch', { name: 'Host a chat' })

test('the footswitch starts the box', async () => {
  const { inputsOf } = await openPage({ phase: 'off' })
  await expect.element(page.getByText('It is off')).toBeVisible()
  await expect.element(footswitch()).not.toBeChecked()
  await footswitch().click()
  expect(inputsOf('startHost')).toEqual([{}])
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
  await expect.element(page.getByRole('dialog', { name: 'Switch the box off?' })).toBeVisible()
  expect(inputsOf('stopHost')).toEqual([])
  await page.getByRole('button', { name: 'Switch off' }).click()
  expect(inputsOf('stopHost')).toEqual([{}])
})

test('switching off a box that nobody else uses does not ask', async () => {
  const { inputsOf } = await openPage({ ...on, people: on.people.slice(0, 1) })
  await footswitch().click()
  expect(inputsOf('stopHost')).toEqual([{}])
})

test('it says how long it is on, under which addresses, and who is here', async () => {
  const { inputsOf } = await openPage(on)
  await expect.element(page.getByText('2 h 14 min')).toBeVisible()
  const people = page.getByRole('region', { name: 'Who is here' })
  await expect.element(people.getByText('2 connections')).toBeVisible()
  await expect.element(people.getByText('192.168.0.21')).toBeVisible()
  await expect.element(people.getByText('this computer')).toBeVisible()
  await page.getByRole('button', { name: 'Copy address' }).nth(1).click()
  expect(inputsOf('copyText')).toEqual([{ text: 'ws://10.0.0.3:7070/stomp' }])
  await expect.element(page.getByText('Copied')).toBeVisible()
})

test('the passcode is hidden until it is asked for, and can be copied without', async () => {
  const { inputsOf } = await openPage(on)
  expect(page.getByText('해질녘-수박-42').elements()).toEqual([])
  await page.getByRole('button', { name: 'Copy passcode' }).click()
  expect(inputsOf('copyText')).toEqual([{ text: '해질녘-수박-42' }])
  await page.getByRole('button', { name: 'Show passcode' }).click()
  await expect.element(page.getByText('해질녘-수박-42')).toBeVisible()
  await page.getByRole('button', { name: 'Hide passcode' }).click()
  expect(page.getByText('해질녘-수박-42').elements()).toEqual([])
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
  await page.getByRole('button', { name: 'New passcode' }).click()
  await submit.click()
  await expect
    .poll(() => inputsOf('setHostPasscode'))
    .toEqual([{ passcode: 'long enough' }, { passcode: null }])
})

test('reach, name and port are applied together', async () => {
  const { inputsOf } = await openPage(on)
  const apply = page.getByRole('button', { name: 'Apply' })
  expect(apply.elements()).toEqual([])
  await page.getByRole('radio', { name: 'The network' }).click()
  await page.getByRole('textbox', { name: 'Port' }).fill('80')
  await apply.click()
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^Write a number from 1024/)
  await page.getByRole('textbox', { name: 'Port' }).fill('0')
  await apply.click()
  expect(inputsOf('startHost')).toEqual([{ name: '지우의 상자', port: 0, reach: 'lan' }])
})

test('on loopback it says that nobody else gets in', async () => {
  await openPage({ ...on, reach: 'loopback', passcode: null, people: [] })
  await expect.element(page.getByText('None needed on this computer')).toBeVisible()
  await expect.element(page.getByText('Nobody yet')).toBeVisible()
})

test('a long name and many people fit the smallest window', async () => {
  const people = Array.from({ length: 40 }, (_, index) => guest('A'.repeat(60), `192.168.0.${index}`))
  await openPage({ ...on, people }, [900, 600])
  expect(overflow()).toEqual({ x: 0, y: 0 })
  const card = page.getByRole('region', { name: 'Who is here' }).element()
  expect(card.scrollWidth).toBeLessThanOrEqual(card.clientWidth)
})
