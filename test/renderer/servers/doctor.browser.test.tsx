import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Cure, Problem, Step, StepName } from '../../../shared/contract/doctor.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import { aServer } from '../../shared/contract/examples.ts'
import { openWindow } from '../open-window.tsx'

const server = aServer({ url: 'ws://192.168.0.14:7070/stomp?token=geheim' })
const error = { code: 'server-not-stomp' as const, params: { host: '192.168.0.14:7070' } }
const unreached = {
  messenger: {
    servers: [server],
    connections: { [server.id]: { phase: 'refused' as const, since: 0, error } },
  },
}
const passed = (name: StepName): Step => ({
  name,
  took: 3,
  outcome: 'passed',
  problem: null,
  facts: [{ term: 'address', value: '192.168.0.14' }],
  cure: null,
})
const failed = (name: StepName, problem: Problem, cure: Cure): Step => ({
  ...passed(name),
  outcome: 'failed',
  problem,
  cure,
})
const host = '192.168.0.14:7070'
const wantsTls = failed(
  'upgrade',
  { code: 'tls-required', params: { host } },
  { kind: 'useAddress', url: 'wss://192.168.0.14:7070/stomp' },
)

test('the banner leads to a check that fills while it runs, and its cure changes the address', async () => {
  let end: (steps: Step[]) => void = () => undefined
  const { bridge, inputsOf } = await openWindow(unreached, {
    checkConnection: () => new Promise(resolve => (end = resolve)),
  })
  await page.getByRole('button', { name: 'Why?' }).click()
  const dialog = page.getByRole('dialog', { name: 'Connection to 한빛 스튜디오' })
  await expect.element(dialog).toBeVisible()
  await expect.element(dialog).not.toMatchTextContent(/geheim/)
  await expect.poll(() => inputsOf('checkConnection')).toHaveLength(1)
  const [{ check }] = inputsOf('checkConnection') as [{ check: string }]
  bridge.tell({ name: 'stepChecked', payload: { check, step: passed('dns') } })
  await expect.element(dialog.getByRole('listitem').first()).toMatchTextContent(/passed/)
  await expect.element(dialog.getByRole('status').first()).toMatchTextContent(/Checking…/)

  end([passed('dns'), passed('tcp'), wantsTls])
  await expect.element(dialog.getByText('It fails here: WebSocket.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Use wss://192.168.0.14:7070/stomp' }).click()
  await expect
    .poll(() => inputsOf('updateServer'))
    .toEqual([{ id: server.id, change: { url: 'wss://192.168.0.14:7070/stomp?token=geheim' } }])
  await expect.poll(() => inputsOf('checkConnection')).toHaveLength(2)
})

test('a certificate is trusted after a question where the server was known by another', async () => {
  const fingerprint = 'cd'.repeat(32)
  const other = new Failure('server-other', {
    name: server.name,
    before: 'ab'.repeat(32),
    after: fingerprint,
  })
  const changed = failed(
    'tls',
    { code: 'certificate-changed', params: { host } },
    { kind: 'trustCertificate', fingerprint },
  )
  const { inputsOf } = await openWindow(unreached, {
    checkConnection: () => [passed('dns'), passed('tcp'), changed],
    updateServer: ({ accepts }) => {
      if (accepts === undefined) throw other
      return null
    },
  })
  await page.getByRole('button', { name: 'Why?' }).click()
  await page.getByRole('button', { name: 'Trust this certificate' }).click()
  await page.getByRole('button', { name: 'Trust the new one' }).click()
  await expect
    .poll(() => inputsOf('updateServer'))
    .toEqual([
      { id: server.id, change: { fingerprint } },
      { id: server.id, change: { fingerprint }, accepts: fingerprint },
    ])
})

test('a step unfolds with the keyboard, and the report holds what it saw', async () => {
  const { inputsOf } = await openWindow(unreached, { checkConnection: () => [passed('dns'), wantsTls] })
  await page.getByRole('button', { name: 'Why?' }).click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText('It fails here: WebSocket.')).toBeVisible()
  const shownFacts = () => dialog.getByRole('definition').elements().length
  await expect.poll(shownFacts).toBe(1)
  document.querySelector<HTMLElement>('[role=dialog] summary')?.focus()
  await expect.poll(() => document.activeElement?.tagName).toBe('SUMMARY')
  await userEvent.keyboard('{Enter}')
  await expect.poll(shownFacts).toBe(2)
  await dialog.getByRole('button', { name: 'Copy report' }).click()
  await expect.poll(() => inputsOf('copyText')).toHaveLength(1)
  const [{ text }] = inputsOf('copyText') as [{ text: string }]
  expect(text).toContain('ws://192.168.0.14:7070/stomp?token=•••')
  expect(text).toContain('(tls-required)')
  expect(text).not.toContain('geheim')
})

test('an address that is being typed is checked beside its form', async () => {
  const { store } = await openWindow(
    {},
    {
      findServer: () => {
        throw new Failure('server-not-stomp', { host })
      },
      checkConnection: () => [wantsTls],
    },
  )
  store.getState().openDialog({ name: 'add-server' })
  await page.getByLabelText('Address').fill('ws://192.168.0.14:7070/stomp')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Why?' }).click()
  await page.getByRole('button', { name: 'Use wss://192.168.0.14:7070/stomp' }).click()
  await expect.element(page.getByLabelText('Address')).toHaveValue('wss://192.168.0.14:7070/stomp')
})
