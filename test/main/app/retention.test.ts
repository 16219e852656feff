import { expect, test, vi } from 'vitest'
import { applyRetention } from '../../../main/app/retention.ts'
import { defaultSettings } from '../../../main/files/settings.ts'
import type { JsonDocument } from '../../../main/files/json-document.ts'
import type { Settings } from '../../../shared/contract/model.ts'
import { collectLog } from '../collect-log.ts'

const day = 24 * 60 * 60 * 1000

test('old messages are removed by the setting: at once when it changes, and from time to time', async () => {
  let current: Settings = defaultSettings
  const listeners = new Set<(value: Settings) => void>()
  const set = (keep: Settings['keep']) => {
    current = { ...current, keep }
    listeners.forEach(listener => listener(current))
  }
  const settings: Pick<JsonDocument<Settings>, 'current' | 'onChange'> = {
    current: () => current,
    onChange: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const timers: (() => void)[] = []
  const removeOld = vi.fn((_before: number) => Promise.resolve(3))
  const onRemoved = vi.fn()
  const end = applyRetention({
    settings,
    cache: { removeOld },
    clock: {
      now: () => 1000 * day,
      after: (_delay, run) => {
        timers.push(run)
        return () => void timers.splice(timers.indexOf(run), 1)
      },
    },
    onRemoved,
    log: collectLog().log,
  })
  expect(removeOld).not.toHaveBeenCalled()
  set('30-days')
  expect(removeOld).toHaveBeenLastCalledWith(970 * day)
  await expect.poll(() => onRemoved.mock.calls.length).toBe(1)
  set('30-days')
  expect(removeOld).toHaveBeenCalledTimes(1)
  expect(timers).toHaveLength(1)
  timers[0]?.()
  expect(removeOld).toHaveBeenCalledTimes(2)
  end()
  set('year')
  expect(removeOld).toHaveBeenCalledTimes(2)
})
