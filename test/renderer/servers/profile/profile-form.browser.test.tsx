import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { aServer } from '../../../shared/contract/examples.ts'
import { openWindow } from '../../open-window.tsx'
import { aDesktop } from '../../window-bridge.ts'
import { button, expectSaved, field, openSettings, save, server, unfold } from './settings.ts'

test('destinations, headers and the shape of messages are saved in the profile', async () => {
  const { inputsOf } = await openSettings()
  await field('Login').fill('ada')
  await unfold('More settings')
  await unfold('Rooms and destinations')
  await field('Subscribe to 1').fill('/sub/chat/room/{roomId}')
  await button('Another destination').click()
  await expect.element(field('Subscribe to 2')).toHaveFocus()
  await userEvent.keyboard('/sub/notice')
  await field('Send to').fill('/pub/chat/message')
  await unfold('Headers and parameters')
  await button('Add a header').first().click()
  await expect.element(field('Name').first()).toHaveFocus()
  await userEvent.keyboard('x-app')
  await field('Value').first().fill('stompbox')
  await unfold('How messages are written')
  await field('Text').fill('message, data.내용')
  await field('Body of what you send').fill('{"roomId":{roomId},"message":{text}}')
  await save()
  await expectSaved(inputsOf, {
    id: server.id,
    change: {
      profile: profileOf({
        connect: { login: 'ada', headers: [{ name: 'x-app', value: 'stompbox' }] },
        rooms: { subscribe: ['/sub/chat/room/{roomId}', '/sub/notice'], send: '/pub/chat/message' },
        body: { text: ['message', 'data.내용'], send: '{"roomId":{roomId},"message":{text}}' },
      }),
    },
  })
})

test('a wrong value has its sentence at its field, which is unfolded and focused; nothing is saved', async () => {
  const { inputsOf } = await openSettings()
  await unfold('More settings')
  await unfold('Headers and parameters')
  await button('Add a header').first().click()
  await field('Name').fill('login')
  await field('Value').fill('ada')
  await unfold('Headers and parameters')
  await save()
  const name = field('Name')
  await expect.element(name).toHaveFocus()
  await expect.element(name).toBeVisible()
  await expect.element(name).toHaveAttribute('aria-invalid', 'true')
  await expect.element(name).toHaveAccessibleDescription('Stompbox sets this one itself. Remove it.')
  expect(inputsOf('updateServer')).toEqual([])

  await name.fill('x-login')
  await expect.element(name).not.toHaveAttribute('aria-invalid')
  await save()
  await expect.poll(() => inputsOf('updateServer')).toHaveLength(1)
})

test('a template says which placeholders may stand in it, and refuses others', async () => {
  await openSettings()
  await unfold('More settings')
  await unfold('Rooms and destinations')
  await expect.element(field('Send to')).toHaveAccessibleDescription(/\{user\}, \{userId\}, \{roomId\}/)
  await field('Send to').fill('/pub/{room}')
  await save()
  await expect.element(field('Send to')).toHaveFocus()
  await expect
    .element(field('Send to'))
    .toHaveAccessibleDescription(/only these have a meaning here.*\{roomId\}/)
})

test('a queue for everybody is warned of', async () => {
  await openSettings()
  await unfold('More settings')
  await unfold('Rooms and destinations')
  await field('Subscribe to 1').fill('/queue/chat')
  await expect.element(page.getByText(/^This queue is shared/)).toBeVisible()
  await field('Subscribe to 1').fill('/queue/chat-{user}')
  await expect.element(page.getByText(/^This queue is shared/)).not.toBeInTheDocument()
})

test('a list with a name twice is wrong as a whole; removing a row mends it', async () => {
  const { inputsOf } = await openSettings({
    messenger: {
      servers: [
        aServer({ kind: null, profile: profileOf({ connect: { query: [{ name: 'v', value: '1' }] } }) }),
      ],
    },
  })
  await unfold('More settings')
  await unfold('Headers and parameters')
  await button('Add a parameter').click()
  await userEvent.keyboard('V')
  await save()
  await expect.element(button('Add a parameter')).toHaveFocus()
  await expect.element(button('Add a parameter')).toHaveAccessibleDescription(/^One name is there twice/)
  await button('Remove Parameters of the address 2').click()
  await expect.element(button('Add a parameter')).toHaveFocus()
  await save()
  await expect.poll(() => inputsOf('updateServer')).toHaveLength(1)
})

test('what another choice needs comes up, and what was typed for the first one stays', async () => {
  await openSettings()
  await unfold('More settings')
  await unfold('Rooms and destinations')
  const source = page.getByRole('combobox', { name: 'Where the list of rooms comes from' })
  await source.selectOptions('rest')
  await field('Address of the list').fill('https://chat.example/rooms')
  await source.selectOptions('list')
  await expect.element(button('Another room')).toBeVisible()
  await expect.element(field('Address of the list')).not.toBeInTheDocument()
  await source.selectOptions('rest')
  await expect.element(field('Address of the list')).toHaveValue('https://chat.example/rooms')
})

test('a secret header goes to the key store, and is asked for where it is missing', async () => {
  const { inputsOf } = await openSettings()
  await unfold('More settings')
  await unfold('Headers and parameters')
  await button('Add a header').first().click()
  await field('Name').fill('Authorization')
  await button('Secret').click()
  await expect.element(button('Secret')).toHaveAttribute('aria-pressed', 'true')
  await save()
  const value = page.getByLabelText('Value', { exact: true })
  await expect.element(value).toHaveFocus()
  await expect.element(value).toHaveAccessibleDescription('Fill this in.')
  await value.fill('Bearer abc')
  await save()
  await expectSaved(inputsOf, {
    change: {
      profile: { connect: { headers: [{ name: 'Authorization', value: '', secret: true }] } },
      secrets: { 'headers:Authorization': 'Bearer abc' },
    },
  })
})

test('a token that is typed goes to the key store, and its field is the one that a refused token asks for', async () => {
  const profile = profileOf({ connect: { token: { source: { from: 'field' } } } })
  const { inputsOf, store } = await openWindow({ messenger: { servers: [aServer({ kind: null, profile })] } })
  store.getState().openDialog({ name: 'edit-server', serverId: server.id, field: 'token' })
  const token = page.getByRole('dialog').getByLabelText('Token', { exact: true })
  await expect.element(token).toHaveFocus()
  await expect.element(token).toBeVisible()
  await save()
  await expect.element(token).toHaveAccessibleDescription('Fill this in.')
  await token.fill('eyJ.abc.def')
  await save()
  await expectSaved(inputsOf, {
    change: {
      profile: { connect: { token: { source: { from: 'field' } } } },
      secrets: { token: 'eyJ.abc.def' },
    },
  })
  expect(JSON.stringify(inputsOf('updateServer')).split('eyJ.abc.def')).toHaveLength(2)
})

/** Opens the section of the token, with this source. */
const openToken = async (source: string) => {
  const opened = await openSettings()
  await unfold('More settings')
  await unfold('Token')
  await page.getByRole('combobox', { name: 'Where the token comes from' }).selectOptions(source)
  return opened
}

test('a token comes from a command, which must be there', async () => {
  const { inputsOf } = await openToken('command')
  await save()
  await expect.element(field('Command')).toHaveAccessibleDescription('Fill this in.')
  await field('Command').fill('gcloud\nauth\nprint-access-token')
  await save()
  await expectSaved(inputsOf, {
    change: {
      profile: {
        connect: {
          token: { source: { from: 'command', command: ['gcloud', 'auth', 'print-access-token'] } },
        },
      },
    },
  })
})

test('a token comes from a login request, and each wrong value has its sentence', async () => {
  const { inputsOf } = await openToken('login')
  await field('Address of the login').fill('https://ada:pass@chat.example/login')
  await field('Body of the login').fill('{"id":{who}}')
  await field('Path of the token').fill('data..token')
  await field('Value').fill('Bearer')
  await save()
  await expect.element(field('Address of the login')).toHaveFocus()
  await expect
    .element(field('Address of the login'))
    .toHaveAccessibleDescription(/^Enter an address that begins/)
  await expect.element(field('Body of the login')).toHaveAccessibleDescription(/only these .*\{passcode\}/)
  await expect.element(field('Path of the token')).toHaveAccessibleDescription(/^This is not a path/)
  await expect.element(field('Value')).toHaveAccessibleDescription(/needs \{token\}/)
  await field('Address of the login').fill('https://chat.example/login')
  await field('Body of the login').fill('{"id":{login},"pw":{passcode}}')
  await field('Path of the token').fill('data.accessToken')
  await field('Value').fill('Bearer {token}')
  await save()
  await expectSaved(inputsOf, {
    change: {
      profile: {
        connect: {
          token: {
            source: { from: 'login', url: 'https://chat.example/login', path: 'data.accessToken' },
            place: 'connect',
            name: 'Authorization',
          },
        },
      },
    },
  })
})

test('the form reads in Korean', async () => {
  await openSettings({
    messenger: { servers: [server] },
    desktop: { settings: { ...aDesktop().settings, language: 'ko' } },
  })
  await unfold('고급 설정')
  await unfold('방과 목적지')
  await field('보낼 목적지').fill('')
  await button('저장').click()
  await expect.element(field('보낼 목적지')).toHaveAccessibleDescription('입력해 주세요.')
})
