import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { presetOf } from '../../../../shared/contract/presets.ts'
import { exportProfile } from '../../../../shared/contract/profile-file.ts'
import { aServer } from '../../../shared/contract/examples.ts'
import { focusWithin, openWindow } from '../../open-window.tsx'

const give = (name: string, text: string) =>
  userEvent.upload(
    page.getByLabelText('Import settings from a file').elements()[0] as HTMLElement,
    new File([text], name, { type: 'application/json' }),
  )

const openForm = async () => {
  const opened = await openWindow({}, { addServer: () => aServer() })
  opened.store.getState().openDialog({ name: 'add-server' })
  await focusWithin('dialog')
  await page.getByText('More settings').click()
  return opened
}

test('a file of settings fills the form in', async () => {
  const { inputsOf } = await openForm()
  await give('team.stompbox.json', exportProfile(presetOf('spring-pub-sub')))
  await expect.element(page.getByText(/^The settings of team.stompbox.json are filled in/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('ws://chat.example/ws-stomp')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect.poll(() => inputsOf('addServer')).toMatchObject([{ profile: presetOf('spring-pub-sub') }])
})

test.each([
  ['nothing of ours', '{"hello":1}', /is not a file of settings that Stompbox has exported/],
  ['a newer one', '{"format":"stompbox-profile","version":7}', /comes from a newer version/],
  [
    'a wrong value',
    exportProfile({ ...presetOf('stompbox'), rooms: { ...presetOf('stompbox').rooms, send: '/x/{y}' } }),
    /has a value at “rooms.send”/,
  ],
  ['a large one', 'x'.repeat(200_000), /is too large for a file of settings/],
] as const)('%s is told, and changes nothing', async (_what, text, sentence) => {
  await openForm()
  await give('bad.json', text)
  await expect.element(page.getByText(sentence)).toBeVisible()
  await expect.element(page.getByRole('combobox', { name: 'Kind of server' })).toHaveValue('stompbox')
})
