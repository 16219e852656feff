import { expect, test } from 'vitest'
import { defaultDataFolder } from '../../../../main/host/cli/data-folder.ts'

test.skipIf(process.platform === 'win32')('the data folder follows the system’s convention', () => {
  expect(defaultDataFolder('linux', {}, '/home/ada')).toBe('/home/ada/.local/share/stompbox/host')
  expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada')).toBe('/data/stompbox/host')
  expect(defaultDataFolder('linux', { XDG_DATA_HOME: 'data' }, '/home/ada')).toBe(
    '/home/ada/.local/share/stompbox/host',
  )
  expect(defaultDataFolder('darwin', {}, '/Users/ada')).toBe(
    '/Users/ada/Library/Application Support/Stompbox/host',
  )
  expect(defaultDataFolder('win32', { LOCALAPPDATA: '/local' }, '/ada')).toBe('/local/Stompbox/host')
})

test('a user without a home has a folder only if the system names one', () => {
  expect(defaultDataFolder('linux', {}, null)).toBeNull()
  expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/data' }, null)).toBe('/data/stompbox/host')
})
