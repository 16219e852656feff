import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { presetOf } from '../../../../shared/contract/presets.ts'
import { Failure } from '../../../../shared/contract/errors.ts'
import { aServer } from '../../../shared/contract/examples.ts'
import { focusWithin, openWindow } from '../../open-window.tsx'
import { aDesktop } from '../../window-bridge.ts'

const address = () => page.getByRole('textbox', { name: 'Address', exact: true })
const kind = () => page.getByRole('combobox', { name: 'Kind of server' })
const button = (name: string) => page.getByRole('button', { name, exact: true })

const openForm = async (
  answers: Parameters<typeof openWindow>[1] = {},
  change: Parameters<typeof openWindow>[0] = {},
) => {
  const opened = await openWindow(change, answers)
  opened.store.getState().openDialog({ name: 'add-server' })
  await focusWithin('dialog')
  return opened
}

test('a kind of server that is chosen fills the profile in, and what is changed then is another one', async () => {
  const { inputsOf } = await openForm({ findServer: ({ url }) => url, addServer: () => aServer() })
  await address().fill('ws://chat.example/ws-stomp')
  await expect.element(kind()).toHaveValue('stompbox')
  await kind().selectOptions('Spring, /pub and /sub')
  await button('Connect').click()
  await expect
    .poll(() => inputsOf('addServer'))
    .toMatchObject([{ url: 'ws://chat.example/ws-stomp', profile: presetOf('spring-pub-sub') }])
})

test('the kind is found out from what the server says, and the address is completed', async () => {
  await openForm({
    recogniseServer: () => ({
      url: 'ws://10.0.0.7:15674/ws',
      server: 'RabbitMQ/3.10.8',
      preset: 'rabbitmq-stream',
      by: 'name',
    }),
  })
  await address().fill('10.0.0.7')
  await button('Find out from the server').click()
  await expect.element(page.getByText('The server says that it is RabbitMQ/3.10.8.')).toBeVisible()
  await expect.element(kind()).toHaveValue('rabbitmq-stream')
  await expect.element(address()).toHaveValue('ws://10.0.0.7:15674/ws')

  await page.getByText('More settings').click()
  await page.getByText('Rooms and destinations').click()
  await page.getByRole('textbox', { name: 'Send to' }).fill('/topic/team.{roomId}')
  await expect.element(kind()).toHaveValue('custom')
})

test('where nothing tells, it says so, and changes nothing; a server that does not answer says why', async () => {
  let answers = false
  await openForm({
    recogniseServer: () => {
      if (!answers) throw new Failure('port-closed', { port: 99, name: 'x' })
      return { url: 'ws://x:99/', server: null, preset: null, by: 'address' }
    },
  })
  await button('Find out from the server').click()
  await expect.element(page.getByText('Enter the address first.')).toBeVisible()
  await address().fill('x:99')
  await button('Find out from the server').click()
  await expect.element(page.getByText(/^Nothing is listening on port 99/)).toBeVisible()
  answers = true
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(/does not say what it is/)).toBeVisible()
  await expect.element(kind()).toHaveValue('stompbox')
})

test('the choice reads in Korean', async () => {
  await openForm(
    {},
    {
      desktop: { settings: { ...aDesktop().settings, language: 'ko' } },
    },
  )
  await expect.element(page.getByRole('combobox', { name: '서버 종류' })).toBeVisible()
  await expect.element(button('서버에 물어보기')).toBeVisible()
})

test('a user and a password in the address go into their fields', async () => {
  const { inputsOf } = await openForm({ addServer: () => aServer() })
  await address().fill('ws://ada:s3cret@chat.example/ws')
  await expect.element(address()).toHaveValue('ws://chat.example/ws')
  await expect.element(page.getByRole('textbox', { name: 'Login', exact: true })).toHaveValue('ada')
  await button('Connect').click()
  await expect
    .poll(() => inputsOf('addServer'))
    .toMatchObject([
      { url: 'ws://chat.example/ws', passcode: 's3cret', profile: { connect: { login: 'ada' } } },
    ])
  expect(JSON.stringify(inputsOf('findServer'))).not.toContain('s3cret')
})
