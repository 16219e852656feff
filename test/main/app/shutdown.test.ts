import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createShutdown, type ShutdownStep } from '../../../main/app/shutdown.ts'
import { collectLog } from '../collect-log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const shutdownOf = (steps: ShutdownStep[]) => {
  const exit = vi.fn<(code: number) => void>()
  const { log, lines } = collectLog()
  return { end: createShutdown({ steps, exit, log }), exit, lines }
}
const never = () => new Promise(() => undefined)

test('does one step after the other, then exits', async () => {
  const done: string[] = []
  const step = (name: string, milliseconds: number): ShutdownStep => ({
    name,
    run: () =>
      new Promise<void>(resolve => {
        setTimeout(() => {
          done.push(name)
          resolve()
        }, milliseconds)
      }),
  })
  const { end, exit } = shutdownOf([step('messenger', 300), step('host', 10), step('cache', 20)])
  end()
  expect(exit).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(400)
  expect(done).toEqual(['messenger', 'host', 'cache'])
  expect(exit).toHaveBeenCalledExactlyOnceWith(0)
})

test('steps that are added later are done too', async () => {
  const steps: ShutdownStep[] = []
  const { end, exit } = shutdownOf(steps)
  const run = vi.fn(() => Promise.resolve())
  steps.push({ name: 'late', run })
  end(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(run).toHaveBeenCalledOnce()
  expect(exit).toHaveBeenCalledExactlyOnceWith(1)
})

test('a step that fails does not keep the cache from being closed', async () => {
  const close = vi.fn(() => Promise.resolve())
  const { end, exit, lines } = shutdownOf([
    { name: 'host', run: () => Promise.reject(new Error('gone')) },
    { name: 'cache', run: close },
  ])
  end()
  await vi.advanceTimersByTimeAsync(1)
  expect(close).toHaveBeenCalledOnce()
  expect(exit).toHaveBeenCalledExactlyOnceWith(0)
  expect(lines).toMatchObject([{ level: 'error', event: 'shutdown-step-failed', step: 'host' }])
})

test('asking twice in a moment is asking once; asking again later ends it at once', async () => {
  const { end, exit } = shutdownOf([{ name: 'host', run: never }])
  end()
  end()
  await vi.advanceTimersByTimeAsync(500)
  end()
  expect(exit).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1500)
  end()
  expect(exit).toHaveBeenCalledExactlyOnceWith(1)
})

test('does not wait for ever', async () => {
  const { end, exit, lines } = shutdownOf([{ name: 'host', run: never }])
  end()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(exit).toHaveBeenCalledExactlyOnceWith(1)
  expect(lines).toMatchObject([{ event: 'shutdown-too-slow' }])
})
