/** Every state of the window by axe's rules. Colours have a check of their own in the design, and the test page is no document of ours. */
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { HostState, Member } from '../../shared/contract/model.ts'
import { aMeasure, aMessage, aRoom, aServer, messages } from '../shared/contract/examples.ts'
import { openWindow } from './open-window.tsx'
import { aSnapshot } from './window-bridge.ts'

const plans = aRoom('plans', { kind: 'private', topic: 'What comes next' })
const direct = aRoom('direct', { kind: 'direct', name: '이서연', personId: 'seoyeon', unread: 2 })
const rooms = [aRoom('general', { unread: 3, mentions: 1 }), plans, direct, aRoom('old', { archived: true })]
const people: Member[] = ['박지우', '이서연', '민준'].map((name, at) => ({
  personId: name,
  name,
  standing: (['owner', 'moderator', 'banned'] as const)[at] ?? null,
  here: at === 0,
  own: at === 0,
}))
const members = { room: plans.key, role: 'owner', presence: true, members: people } as const
const said = [
  ...messages(1, 3),
  aMessage(4, { own: true, sender: '박지우', delivery: 'queued', content: 'https://example.com/a' }),
  aMessage(5, { own: true, sender: '박지우', delivery: 'failed', failure: { code: 'room-archived' } }),
  aMessage(6, { type: 'DELETED', content: '' }),
  aMessage(7, { type: 'JOIN', content: '' }),
  aMessage(8, { mentionsMe: true, content: '@박지우 hello' }),
]
const answers: Parameters<typeof openWindow>[1] = {
  listMessages: () => ({ messages: said, hasEarlier: false, hasLater: false }),
  searchMessages: () => ({
    hits: messages(1, 3).map(message => ({ message, roomName: 'general' })),
    next: null,
  }),
}
const on: HostState = {
  phase: 'on',
  serverId: aServer().id,
  since: 0,
  port: 7070,
  reach: 'loopback',
  urls: ['ws://127.0.0.1:7070/stomp'],
  fingerprint: null,
  passcode: null,
  people: [],
}

type Opened = Awaited<ReturnType<typeof openWindow>>
const start = (): Promise<Opened> =>
  openWindow({ messenger: { rooms }, members: { ...members, members: people } }, answers)
const openPlans = ({ store }: Opened) => store.getState().openRoom(plans.key)
const openDialog =
  (dialog: Parameters<ReturnType<Opened['store']['getState']>['openDialog']>[0]) =>
  async ({ store }: Opened) => {
    store.getState().openDialog(dialog)
    await expect.element(page.getByRole('dialog')).toBeVisible()
  }
const serverId = aServer().id
const showBox = async ({ bridge, store }: Opened): Promise<void> => {
  bridge.tell([
    { name: 'serverChanged', payload: aServer({ own: true }) },
    { name: 'hostChanged', payload: on },
  ])
  store.getState().show({ name: 'host' })
  await expect.element(page.getByRole('heading', { level: 1, name: 'Your box' })).toBeVisible()
}
const queue = {
  destination: '/queue/left',
  kind: 'queue',
  messages: 10_000,
  bytes: 16_000_000,
  isRead: false,
} as const

// A menu is a place of its own, as a dialog is.
axe.configure({
  checks: [
    {
      id: 'region',
      options: { regionMatcher: 'dialog, [role=dialog], [role=alertdialog], [role=menu], svg' },
    },
  ],
})

/** @returns what axe finds wrong with the page as it stands. */
const faults = async (): Promise<string[]> => {
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'],
    rules: {
      'color-contrast': { enabled: false },
      // The page of the test runner, not ours.
      'document-title': { enabled: false },
      'html-has-lang': { enabled: false },
    },
  })
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`))
}

const states: [name: string, arrange: (opened: Opened) => unknown][] = [
  ['a room with every kind of message', openPlans],
  [
    'the list of people',
    async opened => {
      openPlans(opened)
      opened.store.getState().showMembers()
      await expect.element(page.getByRole('complementary', { name: 'People' })).toBeVisible()
    },
  ],
  [
    'a room that the person was removed from',
    async opened => {
      openPlans(opened)
      await userEvent.fill(page.getByRole('textbox'), 'half a sentence')
      opened.bridge.tell({ name: 'roomChanged', payload: { ...plans, joined: false, absence: 'removed' } })
      await expect.element(page.getByText(/^You were removed/)).toBeVisible()
    },
  ],
  ['an archived room', ({ store }) => store.getState().openRoom(aRoom('old').key)],
  ['a direct room', ({ store }) => store.getState().openRoom(direct.key)],
  [
    'a lost connection',
    ({ bridge }) =>
      bridge.tell({ name: 'connectionChanged', payload: { serverId, state: { phase: 'off' } } }),
  ],
  [
    'the search before a word',
    async ({ store }) => {
      store.getState().openSearch()
      await expect.element(page.getByRole('combobox')).toBeVisible()
    },
  ],
  [
    'the search with rooms and messages',
    async ({ store }) => {
      store.getState().openSearch()
      await userEvent.fill(page.getByRole('combobox'), 'e')
      await expect.element(page.getByRole('option').first()).toBeVisible()
    },
  ],
  ['a notice', ({ store }) => store.getState().notify('Copied')],
  ['a server without an open room', ({ store }) => store.getState().show({ name: 'server', serverId: null })],
  ['the page of the host, off', ({ store }) => store.getState().show({ name: 'host' })],
  ['the page of the host, on', opened => showBox(opened)],
  ...(['profile', 'notifications', 'appearance', 'language', 'keyboard', 'storage'] as const).map(
    (section): [string, (opened: Opened) => void] => [
      `settings: ${section}`,
      ({ store }) => store.getState().show({ name: 'settings', section }),
    ],
  ),
  ['adding a server', openDialog({ name: 'add-server' })],
  ['joining with a link', openDialog({ name: 'join', link: 'nonsense' })],
  ['editing a server', openDialog({ name: 'edit-server', serverId })],
  ['making a room', openDialog({ name: 'create-room', serverId })],
  ['browsing rooms', openDialog({ name: 'browse-rooms', serverId })],
  [
    'deleting a message',
    openDialog({ name: 'delete-message', room: plans.key, id: aMessage(1).id, sender: null }),
  ],
  ['archiving a room', openDialog({ name: 'archive-room', room: plans.key })],
  ['deleting a room', openDialog({ name: 'delete-room', room: plans.key })],
  ['renaming a room', openDialog({ name: 'rename-room', room: plans.key })],
  ['removing a server', openDialog({ name: 'remove-server', serverId })],
  ['giving up a key', openDialog({ name: 'renew-key', serverId })],
  [
    'a link that deceives',
    openDialog({ name: 'open-link', href: 'https://xn--80ak6aa92e.com/', trueHost: 'xn--80ak6aa92e.com' }),
  ],
  ['changing the box', openDialog({ name: 'change-host', change: { port: 7071 } })],
  [
    'the queues of the box',
    async opened => {
      await showBox(opened)
      opened.bridge.tell({ name: 'hostMeasured', payload: aMeasure({ queues: [queue], moreQueues: 3 }) })
      await expect.element(page.getByRole('row', { name: /^.queue.left/ })).toBeVisible()
    },
  ],
  [
    'freeing a name',
    async opened => {
      await showBox(opened)
      await page.getByRole('button', { name: /^Free a name/ }).click()
      await expect.element(page.getByRole('dialog')).toBeVisible()
    },
  ],
  [
    'the menu of a room',
    async opened => {
      openPlans(opened)
      await page.getByRole('button', { name: 'Room menu' }).click()
      await expect.element(page.getByRole('menu')).toBeVisible()
    },
  ],
]

test.each(states)('axe finds nothing wrong with %s', async (_, arrange) => {
  const opened = await start()
  await arrange(opened)
  await expect.poll(faults).toEqual([])
})

test('axe finds nothing wrong with the first run', async () => {
  await openWindow(aSnapshot({ messenger: { person: null, servers: [], rooms: [] } }))
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect.poll(faults).toEqual([])
})
