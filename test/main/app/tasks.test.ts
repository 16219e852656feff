import { expect, test } from 'vitest'
import { Tasks } from '../../../main/app/tasks.ts'

test('a task tells how far it is, and there is only one at a time', async () => {
  const told: unknown[] = []
  const tasks = new Tasks(task => told.push(task))
  const finish = Promise.withResolvers<undefined>()
  const first = tasks.run('export', 'general', async progress => {
    progress(1, 2)
    await finish.promise
  })
  await expect(tasks.run('export', 'random', () => Promise.resolve())).rejects.toThrow('task-running')
  expect(tasks.current).toEqual({ kind: 'export', name: 'general', done: 1, total: 2 })
  finish.resolve(undefined)
  expect(await first).toBe(true)
  expect(told).toEqual([
    { kind: 'export', name: 'general', done: 0, total: 0 },
    { kind: 'export', name: 'general', done: 1, total: 2 },
    null,
  ])
})

test('a cancelled task is not done; one that fails says why', async () => {
  const tasks = new Tasks(() => undefined)
  const cancelled = tasks.run('export', 'general', async (_progress, signal) => {
    await Promise.resolve()
    signal.throwIfAborted()
  })
  tasks.cancel()
  expect(await cancelled).toBe(false)
  await expect(tasks.run('export', '', () => Promise.reject(new Error('why')))).rejects.toThrow('why')
  expect(tasks.current).toBeNull()
})
