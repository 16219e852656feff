/** Steps through the settings of a server, for tests of the form. */
import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { aServer } from '../../../shared/contract/examples.ts'
import { focusWithin, openWindow } from '../../open-window.tsx'

type Opened = Awaited<ReturnType<typeof openWindow>>

export const server = aServer({ kind: null })
export const field = (name: string | RegExp) => page.getByRole('textbox', { name, exact: true })
export const button = (name: string) => page.getByRole('button', { name, exact: true })
export const unfold = (name: string): Promise<void> => page.getByText(name, { exact: true }).click()
export const save = (): Promise<void> => button('Save').click()

/** Opens the settings of {@link server}, with all sections folded. */
export const openSettings = async (change: Parameters<typeof openWindow>[0] = {}): Promise<Opened> => {
  const opened = await openWindow({ messenger: { servers: [server] }, ...change })
  opened.store.getState().openDialog({ name: 'edit-server', serverId: server.id, field: 'url' })
  await focusWithin('dialog')
  return opened
}

/** Waits until the server was saved once, with at least this. */
export const expectSaved = (inputsOf: Opened['inputsOf'], update: object): Promise<void> =>
  expect.poll(() => inputsOf('updateServer')).toMatchObject([update])
