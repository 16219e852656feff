import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openJsonDocument } from '../../../main/files/json-document.ts'
import { collectLog } from '../collect-log.ts'

const schema = z.object({ count: z.number().catch(0), name: z.string().catch('none') })

const folder = () => mkdtemp(join(tmpdir(), 'json-document-'))
const open = async (file: string) => {
  const { log, lines } = collectLog()
  return { document: await openJsonDocument(file, schema, log), lines }
}

test('starts from the defaults where there is no file, and makes it with its folder', async () => {
  const file = join(await folder(), 'new', 'a.json')
  const { document, lines } = await open(file)
  expect(document.current()).toEqual({ count: 0, name: 'none' })
  await document.update({ count: 3 })
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ count: 3, name: 'none' })
  expect((await stat(file)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
  expect(lines).toEqual([])
  expect((await open(file)).document.current()).toEqual({ count: 3, name: 'none' })
})

test('keeps the fields that make sense and those that it does not know', async () => {
  const file = join(await folder(), 'a.json')
  await writeFile(file, '{"count":"many","name":"기타","later":{"x":1}}')
  const { document } = await open(file)
  expect(document.current()).toEqual({ count: 0, name: '기타' })
  await document.update({ count: 1 })
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ count: 1, name: '기타', later: { x: 1 } })
})

test.each(['{"count":', '[1]', '7', '', '\0\0\0'])('keeps a broken file aside: %j', async text => {
  const path = await folder()
  const file = join(path, 'a.json')
  await writeFile(file, text)
  const { document, lines } = await open(file)
  expect(document.current()).toEqual({ count: 0, name: 'none' })
  expect(await readFile(`${file}.broken`, 'utf8')).toBe(text)
  expect(lines).toMatchObject([{ level: 'warn', event: 'file-broken', file }])
  await document.update({ count: 1 })
  expect((await readdir(path)).sort()).toEqual(['a.json', 'a.json.broken'])
})

test('keeps a folder aside as well', async () => {
  const path = await folder()
  const file = join(path, 'a.json')
  // Not even root reads a folder as if it were a file.
  await mkdir(file)
  const { document, lines } = await open(file)
  expect(lines).toMatchObject([{ level: 'warn', event: 'file-broken', file }])
  await document.update({ count: 1 })
  expect((await readdir(path)).sort()).toEqual(['a.json', 'a.json.broken'])
  expect((await open(file)).document.current().count).toBe(1)
})

test('changes come one after the other, and each builds on the one before', async () => {
  const { document } = await open(join(await folder(), 'a.json'))
  const told: number[] = []
  const stop = document.onChange(({ count }) => told.push(count))
  await Promise.all(Array.from({ length: 20 }, () => document.update(({ count }) => ({ count: count + 1 }))))
  expect(document.current().count).toBe(20)
  expect(told).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  stop()
  await document.update({ count: 0 })
  expect(told).toHaveLength(20)
})

test('a change that could not be written has not happened, and the next one can', async () => {
  const path = join(await folder(), 'inner')
  const file = join(path, 'a.json')
  const { document } = await open(file)
  // Not even root writes into a file as if it were a folder.
  await writeFile(path, '')
  await expect(document.update({ count: 1 })).rejects.toThrow()
  expect(document.current().count).toBe(0)
  await rm(path)
  await document.update({ name: 'kept' })
  expect(document.current()).toEqual({ name: 'kept', count: 0 })
})

test.skipIf(process.getuid?.() === 0)('says that a folder can not be written', async () => {
  const path = await folder()
  await chmod(path, 0o500)
  const { document } = await open(join(path, 'a.json'))
  await expect(document.update({ count: 1 })).rejects.toMatchObject({ error: { code: 'disk-readonly' } })
})

test('nothing that was put aside is put aside over', async () => {
  const path = await folder()
  const file = join(path, 'a.json')
  for (const text of ['{one', '{two', '{three']) {
    await writeFile(file, text)
    await open(file)
  }
  const texts = ['', '-2', '-3'].map(end => readFile(`${file}.broken${end}`, 'utf8'))
  expect(await Promise.all(texts)).toEqual(['{one', '{two', '{three'])
})

test('a file that is there and can’t be read is no empty one', async () => {
  const path = await folder()
  const file = join(path, 'a.json')
  // Leads to itself: not even root can read that.
  await symlink(file, file)
  await expect(open(file)).rejects.toMatchObject({ error: { code: 'file-unreadable', params: { file } } })
  expect(await readdir(path)).toEqual(['a.json'])
})
