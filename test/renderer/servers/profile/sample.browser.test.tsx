import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { expectSaved, field, openSettings, save, server, unfold } from './settings.ts'

const meaning = (path: string) => page.getByRole('combobox', { name: path, exact: true })

const openBody = async () => {
  const opened = await openSettings()
  await unfold('More settings')
  await unfold('How messages are written')
  return opened
}

test('a frame with Korean names fills paths and destination in, and its fields are corrected', async () => {
  const { inputsOf } = await openBody()
  const body = { 방번호: 3, 보낸사람: { 이름: '민준', 번호: 7 }, 내용: '안녕', 비고: '급함' }
  await field('A message of the server').fill(
    `MESSAGE\ndestination:/sub/chat/room/3\n\n${JSON.stringify(body)}`,
  )
  await expect.element(meaning('보낸사람.이름')).toHaveValue('author')
  await expect.element(meaning('보낸사람.이름')).toHaveAccessibleDescription('민준')
  await expect.element(meaning('내용')).toHaveValue('text')
  await expect.element(field('Text')).toHaveValue('내용')
  await meaning('비고').selectOptions('Text')
  await expect.element(meaning('내용')).toHaveValue('')
  await meaning('방번호').selectOptions('Not used')
  await save()
  await expectSaved(inputsOf, {
    change: {
      profile: {
        rooms: { subscribe: ['/sub/chat/room/{roomId}'] },
        body: { text: ['비고'], author: ['보낸사람.이름'], authorId: ['보낸사람.번호'], room: null },
      },
    },
  })
})

test('a text that is no message says so, and changes nothing', async () => {
  await openBody()
  await field('Text').fill('kept')
  await field('A message of the server').fill('hello')
  await expect
    .element(field('A message of the server'))
    .toHaveAccessibleDescription(/^This is neither JSON nor a frame/)
  await expect.element(field('Text')).toHaveValue('kept')
})

test('the source of a Spring server fills address and destinations in', async () => {
  await openBody()
  await page.getByText('Rooms and destinations').click()
  const pasted = field('Source of a Spring server')
  await pasted.fill('class A { }')
  await expect.element(pasted).toHaveAccessibleDescription(/^No STOMP destination or endpoint/)
  await pasted.fill(
    'registry.addEndpoint("/ws-stomp"); r.setApplicationDestinationPrefixes("/pub"); @MessageMapping("/chat") @SendTo("/sub/{id}")',
  )
  await expect.element(page.getByText('Filled in: /ws-stomp, /pub/chat, /sub/{roomId}')).toBeVisible()
  await expect.element(field('Send to')).toHaveValue('/pub/chat')
  await expect.element(field('Subscribe to 1')).toHaveValue('/sub/{roomId}')
  await expect
    .element(field('Address'))
    .toHaveValue(`${server.url.split('/').slice(0, 3).join('/')}/ws-stomp`)
})
