import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createProfileExport } from '../../../main/app/profile-export.ts'
import { presetOf } from '../../../shared/contract/presets.ts'
import { parseProfileFile } from '../../../shared/contract/profile-file.ts'
import { profileOf } from '../../../shared/contract/profile.ts'
import { politeScript, startScriptedServer } from '../../shared/core/scripted-server.ts'
import { serverAt, somebody, temporaryFolder } from '../../shared/core/people.ts'

const secrets = {
  passcode: 'pass-9d1',
  'handshake:Cookie': 'SESSION=c00k1e',
  token: 'eyJhbGciOi.t0k3n.sig',
}

test('the file of a server with every kind of secret has none of them, nor its address', async () => {
  const broker = await startScriptedServer(politeScript())
  const ada = await somebody('Ada')
  const profile = profileOf({
    ...presetOf('spring-pub-sub'),
    connect: {
      login: 'ada',
      handshake: [{ name: 'Cookie', secret: true }],
      token: { source: { from: 'field' } },
    },
  })
  const { passcode, ...slots } = secrets
  const server = await ada.messenger.commands.addServer({
    ...serverAt(broker.url, passcode),
    name: 'Team / chat',
    profile,
    secrets: slots,
  })
  const folder = await temporaryFolder()
  const asked: string[] = []
  const save = createProfileExport({
    messenger: ada.messenger,
    folder,
    choose: suggested => {
      asked.push(suggested)
      return Promise.resolve(suggested)
    },
  })
  const file = await save({ serverId: server.id })
  expect(asked).toEqual([join(folder, 'Team _ chat.stompbox.json')])
  const text = readFileSync(file ?? '', 'utf8')
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  expect(text).not.toContain(String(broker.port))
  expect(parseProfileFile(text)).toEqual({ profile })
  await broker.stop()
})

test('nobody who chooses no file gets one', async () => {
  const broker = await startScriptedServer(politeScript())
  const ada = await somebody('Ada')
  const { id } = await ada.messenger.commands.addServer(serverAt(broker.url))
  const folder = await temporaryFolder()
  const save = createProfileExport({ messenger: ada.messenger, folder, choose: () => Promise.resolve(null) })
  expect(await save({ serverId: id })).toBeNull()
  expect(existsSync(join(folder, 'Box.stompbox.json'))).toBe(false)
  await broker.stop()
})
