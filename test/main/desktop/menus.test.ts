import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { contextMenu } from '../../../main/desktop/context-menu.ts'
import { applicationMenu } from '../../../main/desktop/menu.ts'
import { createTexts } from '../../../main/desktop/texts.ts'
import { trayMenu } from '../../../main/desktop/tray-menu.ts'
import { countUnread } from '../../../main/desktop/unread.ts'
import { windowActions } from '../../../shared/contract/desktop-commands.ts'
import type { HostState, ServerId } from '../../../shared/contract/model.ts'
import { aRoom } from '../../shared/contract/examples.ts'

type Entry = MenuItemConstructorOptions

/** All entries, with those of the menus inside. */
const flat = (entries: Entry[]): Entry[] =>
  entries.flatMap(entry => [entry, ...(Array.isArray(entry.submenu) ? flat(entry.submenu) : [])])
const click = (entries: Entry[], id: string): void => {
  const found = flat(entries).find(entry => entry.id === id)
  // The entries of Stompbox take no arguments.
  ;(found?.click as (() => void) | undefined)?.()
}
const labels = (entries: Entry[]) => entries.map(({ label, type }) => label ?? type)

const bar = (platform: NodeJS.Platform, language: 'en' | 'ko' = 'en', developing = false) => {
  const perform = vi.fn<(action: string) => void>()
  const quit = vi.fn<() => void>()
  const { t } = createTexts(language)
  return { menu: applicationMenu({ platform, developing, t, perform, quit }), perform, quit }
}

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s every action of the window has an entry',
  platform => {
    const { menu, perform, quit } = bar(platform)
    for (const action of windowActions) click(menu, action)
    expect(perform.mock.calls.map(([action]) => action)).toEqual([...windowActions])
    click(menu, 'quit')
    expect(quit).toHaveBeenCalledOnce()
  },
)

test.each(['linux', 'win32', 'darwin'] as const)('on %s no shortcut is given twice', platform => {
  const accelerators = flat(bar(platform).menu).flatMap(({ accelerator }) => accelerator ?? [])
  expect(accelerators).toContain('CmdOrCtrl+K')
  expect(new Set(accelerators).size).toBe(accelerators.length)
})

test('macOS has its menu of the application, where settings and quit belong', () => {
  expect(labels(bar('darwin').menu)).toEqual(['Stompbox', 'File', 'Edit', 'View', 'Go', 'Window'])
  expect(labels(bar('linux').menu)).toEqual(['File', 'Edit', 'View', 'Go', 'Window'])
})

test('in Korean every entry is Korean', () => {
  const entries = flat(bar('darwin', 'ko').menu).flatMap(({ label }) => label ?? [])
  expect(entries.filter(label => label !== 'Stompbox' && !/[가-힣]/.test(label))).toEqual([])
})

test('reloading and developer tools are for developing', () => {
  const roles = (developing: boolean) => flat(bar('linux', 'en', developing).menu).map(({ role }) => role)
  expect(roles(true)).toContain('toggleDevTools')
  expect(roles(false)).not.toContain('toggleDevTools')
  expect(roles(false)).not.toContain('reload')
})

const on: HostState = {
  phase: 'on',
  serverId: 's' as ServerId,
  since: 0,
  port: 7070,
  reach: 'lan',
  urls: ['wss://10.0.0.2:7070/stomp'],
  fingerprint: '0f'.repeat(32),
  passcode: null,
  people: [{ personId: 'p1', name: 'A', address: '127.0.0.1', since: 0 }],
}
const trayOf = (rooms: Parameters<typeof countUnread>[0], host: HostState, language: 'en' | 'ko' = 'en') => {
  const actions = { open: vi.fn(), openRoom: vi.fn(), openHost: vi.fn(), quit: vi.fn() }
  return { menu: trayMenu(countUnread(rooms), host, createTexts(language).t, actions), actions }
}

test('the tray lists the unread rooms and says how the host stands', () => {
  const rooms = [aRoom('a', { name: '로비', unread: 3 }), aRoom('b', { name: 'R&D', unread: 1 }), aRoom('c')]
  const { menu, actions } = trayOf(rooms, on)
  expect(labels(menu)).toEqual([
    'Open Stompbox',
    'separator',
    '로비 (3)',
    'R&&D (1)',
    'separator',
    'Your box is on: 1 person',
    'separator',
    'Quit Stompbox',
  ])
  click(menu, 'open')
  click(menu, `room:${rooms[1]?.key ?? ''}`)
  click(menu, 'host')
  click(menu, 'quit')
  expect(actions.open).toHaveBeenCalledOnce()
  expect(actions.openRoom).toHaveBeenCalledExactlyOnceWith(rooms[1]?.key)
  expect(actions.openHost).toHaveBeenCalledOnce()
  expect(actions.quit).toHaveBeenCalledOnce()
})

test.each([
  [{ phase: 'off' }, '내 서버 꺼짐'],
  [{ phase: 'starting' }, '내 서버를 켜는 중…'],
  [{ phase: 'failed', error: { code: 'port-in-use' } }, '내 서버를 켜지 못했어요'],
  [on, '내 서버 켜짐: 1명'],
] satisfies [HostState, string][])('the host in the tray: %j', (host, label) => {
  expect(labels(trayOf([], host, 'ko').menu)).toContain(label)
})

test('the tray does not grow without end', () => {
  const rooms = Array.from({ length: 50 }, (_, i) => aRoom(`r${i}`, { unread: 1 }))
  expect(trayOf(rooms, on).menu.length).toBeLessThan(16)
})

const flags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true }
const contextOf = (given: object) => {
  const actions = { replaceMisspelling: vi.fn(), addToDictionary: vi.fn() }
  const params = {
    isEditable: false,
    selectionText: '',
    misspelledWord: '',
    dictionarySuggestions: [],
    editFlags: flags,
  }
  return {
    actions,
    menu: contextMenu({ ...params, ...given } as unknown as ContextMenuParams, createTexts('en').t, actions),
  }
}

test('the right button offers what can be done there', () => {
  expect(labels(contextOf({}).menu)).toEqual([])
  expect(labels(contextOf({ selectionText: 'word' }).menu)).toEqual(['Copy'])
  expect(labels(contextOf({ isEditable: true }).menu)).toEqual(['Cut', 'Copy', 'Paste', 'Select All'])
})

test('it mends a misspelled word', () => {
  const { menu, actions } = contextOf({
    isEditable: true,
    misspelledWord: 'helo',
    dictionarySuggestions: ['hello', 'help', 'held', 'hero', 'halo', 'hull'],
  })
  expect(labels(menu).slice(0, 7)).toEqual([
    'hello',
    'help',
    'held',
    'hero',
    'halo',
    'Add to Dictionary',
    'separator',
  ])
  ;(menu[0]?.click as () => void)()
  ;(menu[5]?.click as () => void)()
  expect(actions.replaceMisspelling).toHaveBeenCalledExactlyOnceWith('hello')
  expect(actions.addToDictionary).toHaveBeenCalledExactlyOnceWith('helo')
})
