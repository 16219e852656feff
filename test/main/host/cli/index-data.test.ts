/** What the host's process keeps, however it ends. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect, contents } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { endOf, run, start } from './program.ts'

test('on SIGTERM all clients get the reason, and their messages are stored', async () => {
  const data = temporaryFolder()
  const { child, ws } = await start(['--data', data])
  const ada = await connect(ws, { login: 'Ada' })
  const goodbye = new Promise<string | undefined>(resolve => {
    ada.client.onStompError = frame => resolve(frame.headers.message)
  })
  const confirmed: string[] = []
  for (let index = 0; index < 50; index += 1) {
    const id = `m${index}`
    void ada.send('/app/chat/message', { roomId: 'general', id, content: id }).then(() => confirmed.push(id))
  }
  await expect.poll(() => confirmed.length, { interval: 1 }).toBeGreaterThan(0)
  child.kill('SIGTERM')
  expect(await goodbye).toMatch(/closing/)
  expect(await endOf(child)).toBe(0)

  const again = await start(['--data', data])
  const ben = await connect(again.ws, { login: 'Ben' })
  const heard = await ben.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => contents(heard)).toEqual(expect.arrayContaining(confirmed))
})

test('a running host is backed up with one command, and restored with one', async () => {
  const [data, file] = [temporaryFolder(), join(temporaryFolder(), 'box.sqlite')]
  const { ws } = await start(['--data', data])
  const ada = await connect(ws, { login: 'Ada' })
  await ada.send('/app/chat/message', { roomId: 'general', id: '1', content: '안녕' })
  expect(await run(['backup', file, '--data', data])).toEqual({
    code: 0,
    stdout: '',
    stderr: `Everything in ${data} is now in ${file}.\n`,
  })
  expect(await run(['restore', file, '--data', data])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Another program has') as unknown,
  })
  expect(await run(['restore', file, '--data', temporaryFolder()])).toMatchObject({ code: 0 })
})

test('killed at any moment, it has every message that it gave a RECEIPT for, once', async () => {
  const data = join(temporaryFolder(), 'data')
  mkdirSync(data)
  const confirmed: string[] = []
  const deviceKey = { 'device-key': 'ada-device-key-0123456789' }
  const say = (ada: Awaited<ReturnType<typeof connect>>, id: string) =>
    ada.send('/app/chat/message', { roomId: 'general', id, content: id }).then(() => confirmed.push(id))

  for (const [round, enough] of [1, 60, 250].entries()) {
    const { child, ws } = await start(['--data', data])
    const ada = await connect(ws, { login: 'Ada', ...deviceKey })
    const before = confirmed.length
    for (let index = 0; index < 400; index += 1) void say(ada, `${round}:${index}`)
    await expect.poll(() => confirmed.length - before, { interval: 1 }).toBeGreaterThanOrEqual(enough)
    child.kill('SIGKILL')
    await endOf(child)
    await ada.client.deactivate()
  }

  const { ws } = await start(['--data', data])
  const ada = await connect(ws, { login: 'Ada', ...deviceKey })
  for (const id of confirmed.slice(0, 50)) await say(ada, id)
  await ada.send('/app/chat/message', { roomId: 'general', id: 'last', content: 'last' })
  const heard = await ada.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => contents(heard).at(-1)).toBe('last')
  const kept = contents(heard)
  expect(new Set(kept).size).toBe(kept.length)
  expect(kept).toEqual(expect.arrayContaining(confirmed))
  expect(heard.map(({ headers }) => Number(headers['x-stream-offset']))).toEqual(
    kept.map((_, index) => index),
  )
})
