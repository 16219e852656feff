/** How the command line says what it can't do. */
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { run } from './program.ts'

test('text from elsewhere can’t control the terminal', async () => {
  const { code, stderr } = await run(['--passcode-file', '/nowhere/\u009b31m\u001b[2J'])
  expect(code).toBe(2)
  expect(stderr).toContain('/nowhere/\\u009b31m\\u001b[2J')
})

test('an invalid option gets a sentence and the exit code 2, in the language of the terminal', async () => {
  const [english, korean] = await Promise.all([
    run(['--port', 'eighty']),
    run(['--bind', '0.0.0.0'], { LANG: 'ko_KR.UTF-8' }),
  ])
  expect(english).toEqual({
    code: 2,
    stdout: '',
    stderr: 'eighty can’t be a port. Choose a number from 1024 to 65535, or 0 for any free one.\n',
  })
  expect(korean).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^암호가 없으면 이 컴퓨터에서만 들어올 수 있어요\. .*--passcode-file/,
    ) as unknown,
  })
})

test('a port in use gets a sentence and the exit code 1', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  expect(await run(['--port', `${port}`, '--data', temporaryFolder()])).toEqual({
    code: 1,
    stdout: '',
    stderr: `Another program already uses port ${port}. Choose another port, or 0 for any free one.\n`,
  })
})

test('a file that is not a database gets a sentence, and is not changed', async () => {
  const data = temporaryFolder()
  const file = join(data, 'host.sqlite')
  writeFileSync(file, 'not a database '.repeat(100))
  const failed = await run(['--data', data])
  expect(failed).toMatchObject({ code: 1, stdout: '' })
  expect(failed.stderr).toContain(`${file} is not a readable database.`)
  expect(failed.stderr.trim().split('\n')).toHaveLength(1)
  expect(readFileSync(file, 'utf8')).toBe('not a database '.repeat(100))
})

test('a file in place of a folder gets a sentence', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(await run(['--data', join(file, 'data')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Stompbox can’t write to ${join(file, 'data')}.`) as unknown,
  })
})
