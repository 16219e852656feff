import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { interfaceOf, lanAddresses } from '../../../main/host/network/addresses.ts'
import { openAppState } from '../../../main/files/app-state.ts'
import { defaultSettings, openSettings } from '../../../main/files/settings.ts'
import { settingsSchema } from '../../../shared/contract/desktop-commands.ts'
import { collectLog } from '../collect-log.ts'

const folderWith = async (name: string, content: unknown): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'settings-'))
  await writeFile(join(folder, name), JSON.stringify(content))
  return folder
}

test('the defaults are settings', () => {
  expect(settingsSchema.parse(defaultSettings)).toEqual(defaultSettings)
})

test('what was set is there at the next start', async () => {
  const { log } = collectLog()
  const folder = await mkdtemp(join(tmpdir(), 'settings-'))
  const settings = await openSettings(folder, log)
  expect(settings.current()).toEqual(defaultSettings)
  await settings.update({ language: 'ko', theme: 'dark' })
  await settings.update({ host: { ...defaultSettings.host, name: '공방', port: 0, reach: 'lan' } })
  expect((await openSettings(folder, log)).current()).toEqual({
    ...defaultSettings,
    language: 'ko',
    theme: 'dark',
    host: { ...defaultSettings.host, name: '공방', port: 0, reach: 'lan' },
  })
})

test('a value that makes no sense falls back alone', async () => {
  const folder = await folderWith('settings.json', {
    language: 'tlh',
    sendKey: 'mod-enter',
    host: {
      name: '',
      port: 99_999,
      reach: 'lan',
      advertise: 'yes',
      network: 7,
      names: ['a b'],
      perAddress: 0,
    },
  })
  expect((await openSettings(folder, collectLog().log)).current()).toEqual({
    ...defaultSettings,
    sendKey: 'mod-enter',
    host: { ...defaultSettings.host, reach: 'lan' },
  })
})

test('an address that an earlier version kept becomes its network, while this computer has it', async () => {
  const [address] = lanAddresses()
  const networkOf = async (kept: unknown) => {
    const folder = await folderWith('settings.json', { host: { ...defaultSettings.host, address: kept } })
    return (await openSettings(folder, collectLog().log)).current().host
  }
  expect(await networkOf('203.0.113.7')).toEqual(defaultSettings.host)
  if (address !== undefined)
    expect(await networkOf(address)).toEqual({ ...defaultSettings.host, network: interfaceOf(address) })
})

test('a window of nonsense is no window', async () => {
  const folder = await folderWith('state.json', { window: { bounds: { x: 0 } }, hostOn: 1 })
  expect((await openAppState(folder, collectLog().log)).current()).toEqual({
    window: null,
    hostOn: false,
    trayExplained: false,
    recovery: null,
  })
})
