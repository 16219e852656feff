import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAppState } from '../../../main/files/app-state.ts'
import { openCredentials } from '../../../main/files/credentials.ts'
import { openSettings } from '../../../main/files/settings.ts'
import { writeWholeFile } from '../../../main/files/whole-file.ts'
import { smallDisk } from '../cache/fixtures.ts'
import { collectLog } from '../collect-log.ts'
import { plainSeal } from '../plain-seal.ts'

test('on a full disk settings, state, secrets and exports keep what they had, and go on when there is space', async ({
  skip,
}) => {
  const disk = smallDisk('256k')
  if (disk === null) return skip('mounting a small disk needs root')
  const { log } = collectLog()
  const settings = await openSettings(disk, log)
  const state = await openAppState(disk, log)
  const secrets = await openCredentials(disk, plainSeal, log)
  const exported = join(disk, 'room.html')
  await settings.update({ theme: 'dark' })
  await state.update({ trayExplained: true })
  await secrets.set('passcode:home', 'open sesame')
  await writeWholeFile(exported, handle => handle.appendFile('all of it'))
  const names = readdirSync(disk).sort()
  const contents = () => names.map(name => readFileSync(join(disk, name), 'utf8'))
  const before = contents()

  const filler = join(disk, 'filler')
  expect(() => {
    for (;;) appendFileSync(filler, Buffer.alloc(4096))
  }).toThrow('ENOSPC')
  const full = { error: { code: 'disk-full' } }
  await expect(settings.update({ theme: 'light' })).rejects.toMatchObject(full)
  await expect(state.update({ trayExplained: false })).rejects.toMatchObject(full)
  await expect(secrets.set('passcode:home', 'another')).rejects.toMatchObject(full)
  await expect(
    writeWholeFile(exported, handle => handle.appendFile('x'.repeat(100_000))),
  ).rejects.toMatchObject(full)
  expect(contents()).toEqual(before)
  expect(settings.current().theme).toBe('dark')

  rmSync(filler)
  expect(readdirSync(disk).sort()).toEqual(names)
  await settings.update({ theme: 'light' })
  await secrets.set('passcode:home', 'another')
  expect(await secrets.get('passcode:home')).toBe('another')
})
