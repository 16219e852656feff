import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLog } from '../../../main/files/log.ts'
import { openRotatingFile } from '../../../main/files/rotating-file.ts'

const folder = () => mkdtemp(join(tmpdir(), 'log-'))
const linesOf = async (file: string): Promise<unknown[]> =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)

test('writes one JSON object a line', async () => {
  const path = join(await folder(), 'logs')
  const log = openLog(path)
  log.info('started', { version: '1' })
  log.debug('not said')
  log.error('broken')
  log.close()
  expect(await linesOf(join(path, 'stompbox.log'))).toMatchObject([
    { level: 'info', event: 'started', version: '1', time: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    { level: 'error', event: 'broken' },
  ])
})

test('says more where it is asked to', async () => {
  const path = await folder()
  const log = openLog(path, 'debug')
  log.debug('said')
  log.close()
  expect(await linesOf(join(path, 'stompbox.log'))).toHaveLength(1)
})

test('writes the lines of every log: without secrets, without control characters', async () => {
  const path = await folder()
  const log = openLog(path)
  log.warn('careless', { passcode: 'S1', url: 'ws://a?S2', room: '\u009b31m' })
  log.close()
  const text = await readFile(join(path, 'stompbox.log'), 'utf8')
  expect(text).not.toMatch(/S\d|\u009b/)
  expect(JSON.parse(text)).toMatchObject({ url: 'ws://a?…', room: '\u009b31m' })
})

test('starts a new file when the old one has grown, and keeps a few', async () => {
  const path = await folder()
  const name = join(path, 'a.log')
  const file = openRotatingFile(name, 50, 2)
  for (let i = 0; i < 40; i++) file.write(`line ${String(i).padStart(3, '0')}\n`)
  file.close()
  expect((await readdir(path)).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2'])
  const texts = await Promise.all(
    ['a.log.2', 'a.log.1', 'a.log'].map(each => readFile(join(path, each), 'utf8')),
  )
  expect(texts.join('')).toMatch(/line 039\n$/)
  const kept = texts.join('').trim().split('\n')
  expect(kept).toEqual(kept.toSorted())
  for (const each of ['a.log', 'a.log.1']) expect((await stat(join(path, each))).size).toBeLessThan(100)
})

test('goes on with the file of the last run', async () => {
  const name = join(await folder(), 'a.log')
  await writeFile(name, 'old\n')
  const file = openRotatingFile(name)
  file.write('new\n')
  file.close()
  expect(await readFile(name, 'utf8')).toBe('old\nnew\n')
})

test('the app goes on without its log', async () => {
  const path = await folder()
  await writeFile(join(path, 'file'), '')
  const file = openRotatingFile(join(path, 'file', 'a.log'))
  expect(() => file.write('lost\n')).not.toThrow()
})
