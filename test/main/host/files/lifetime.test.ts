/** When files go, on a real database and folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { openContents } from '../../../../main/host/files/contents.ts'
import { defaultFileLimits, Files } from '../../../../main/host/files/files.ts'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { openFileRecords } from '../../../../main/host/history/file-records.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const day = 24 * 60 * 60 * 1_000

const start = () => {
  const folder = temporaryFolder()
  const database = openDatabase(join(folder, 'host.sqlite'))
  onTestFinished(() => void database.close())
  const contents = openContents(join(folder, 'files'))
  let now = 0
  const open = (): Files =>
    new Files({
      records: openFileRecords(database),
      contents,
      limits: defaultFileLimits,
      hasSpace: () => true,
      now: () => now,
    })
  const files = open()
  /** @returns the id of a file that is whole. */
  const whole = async (roomId: string): Promise<string> => {
    const { fileId, size } = files.create({ roomId, senderId: 'ada', name: 'x', size: 1 })
    const finished = await contents.append(fileId, size, Readable.from([Buffer.from('x')]))
    if (finished) files.finish(fileId, finished)
    return fileId
  }
  const isThere = (fileId: string): boolean =>
    files.find(fileId) !== undefined && existsSync(join(folder, 'files', fileId))
  return { files, open, whole, isThere, pass: (time: number) => void (now += time) }
}

const message = (messageId: string, roomId = 'general') => ({ roomId, senderId: 'ada', messageId })

test('a file without a message goes after a day, one with a message stays', async () => {
  const { files, whole, isThere, pass } = start()
  const [one, other] = [await whole('general'), await whole('general')]
  files.attach(one, message('m'))
  files.stored({ ...message('m'), offset: 7 })
  pass(day + 1)
  await files.sweep(() => Promise.resolve(0))
  expect([isThere(one), isThere(other)]).toEqual([true, false])
})

test('a file goes with the messages that are trimmed, and with its room', async () => {
  const { files, whole, isThere } = start()
  const [old, young, gone] = [await whole('general'), await whole('general'), await whole('gone')]
  for (const [index, fileId] of [old, young].entries()) {
    files.attach(fileId, message(`m${index}`))
    files.stored({ ...message(`m${index}`), offset: index })
  }
  await files.sweep(roomId => Promise.resolve(roomId === 'general' ? 1 : null))
  expect([isThere(old), isThere(young), isThere(gone)]).toEqual([false, true, false])
})

test('a message that could not be stored gives its file back', async () => {
  const { files, whole } = start()
  const fileId = await whole('general')
  files.attach(fileId, message('m1'))
  expect(() => files.attach(fileId, message('m2'))).toThrow('another message')
  files.release(fileId)
  expect(files.attach(fileId, message('m2'))).toMatchObject({ messageId: 'm2' })
  files.stored({ ...message('m2'), offset: 3 })
  files.release(fileId)
  expect(files.find(fileId)).toMatchObject({ messageId: 'm2', offset: 3 })
})

test('what is known of a file outlives the host', async () => {
  const { files, open, whole } = start()
  const fileId = await whole('general')
  expect(open().find(fileId)).toEqual(files.find(fileId))
})
