import { expect, test } from 'vitest'
import { openCache } from '../../../main/cache/client.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import { general, home, id, live, server } from '../../shared/core/message-cache/fixtures.ts'
import { aRoom, newFile, openHere, openThread, workerUrl } from './fixtures.ts'

const failureOf = async (work: Promise<unknown>): Promise<AppError | null> => {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof Failure ? thrown.error : null
}

test('what stands in the way of opening comes out with its code, file and detail', async () => {
  const file = newFile()
  const db = openDatabase(file)
  db.pragma('user_version = 999')
  db.close()
  const failure = await failureOf(openCache({ file, worker: workerUrl }))
  expect(failure).toMatchObject({ code: 'cache-newer', params: { file } })
  expect(failure?.detail).toContain('version 999')
})

test('what a call fails with comes out with its code', async () => {
  const cache = await openThread(newFile())
  expect(await failureOf(cache.saveDraft(general, ''))).toEqual({ code: 'not-found' })
})

test('calls are carried out in the order in which they were made', async () => {
  const cache = await openThread(newFile())
  const waiting = [
    cache.saveServer(server(home)),
    cache.saveRoom(aRoom('general')),
    cache.storeMessages([live('a', 1), live('b', 2)]),
    cache.markRead(general, id('a')),
  ]
  expect(await cache.load()).toMatchObject({ rooms: [{ unread: 1, lastReadId: 'a' }] })
  await Promise.all(waiting)
})

test('what was asked before closing is answered; the file is free when closing has answered', async () => {
  const file = newFile()
  const cache = await openThread(file)
  const saved = cache.savePerson({ name: '지우' })
  await cache.close()
  await saved
  expect(openHere(file).prepare('SELECT name FROM person').get()).toEqual({ name: '지우' })
  await expect.poll(() => failureOf(cache.load())).toMatchObject({ code: 'cache-failed', params: { file } })
})

test('a thread that can’t be started is a failure', async () => {
  const file = newFile()
  const worker = new URL('nowhere.ts', import.meta.url)
  expect(await failureOf(openCache({ file, worker }))).toMatchObject({
    code: 'cache-failed',
    params: { file },
  })
})

test('when the thread is lost, what waits and what comes later is told so; what was saved is there', async () => {
  const file = newFile()
  const cache = await openThread(file, new URL('thread-lost.ts', import.meta.url))
  await cache.savePerson({ name: '지우' })
  const lost = { code: 'cache-failed', params: { file }, detail: 'out of order' }
  const waiting = [cache.load(), cache.resumePoint(general), cache.saveServer(server(home))]
  for (const each of waiting) expect(await failureOf(each)).toEqual(lost)
  expect(await failureOf(cache.load())).toEqual(lost)
  const db = openDatabase(file)
  expect(db.prepare('SELECT name FROM person').get()).toEqual({ name: '지우' })
  db.close()
})
