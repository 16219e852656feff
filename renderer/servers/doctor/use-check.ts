import { useEffect, useRef, useState } from 'react'
import type { CheckTarget, Step } from '../../../shared/contract/doctor.ts'
import { toAppError, type AppError } from '../../../shared/contract/errors.ts'
import type { Api } from '../../../shared/bridge/api.ts'
import { useMessenger } from '../../store/use-store.ts'

interface State {
  /** Those that are over. */
  steps: readonly Step[]
  isRunning: boolean
  /** Why there was no check. */
  error: AppError | null
}

export interface Check extends State {
  /** Begins a check, in place of the one before. */
  run: (target: CheckTarget) => void
}

/** Numbers the checks of this window. */
let count = 0
/** Tells its checks from those of other windows. */
const windowId = Math.random().toString(36).slice(2)

/** Carries out a check. @param tell is told after every step, and at the end. */
const carryOut = async (api: Api, target: CheckTarget, tell: (state: State) => void): Promise<void> => {
  const check = `${windowId}-${++count}`
  let steps: readonly Step[] = []
  const stop = api.on('stepChecked', told => {
    if (told.check !== check) return
    steps = [...steps, told.step]
    tell({ steps, isRunning: true, error: null })
  })
  try {
    const all = await api.call('checkConnection', { check, target })
    tell({ steps: all, isRunning: false, error: null })
  } catch (thrown) {
    tell({ steps, isRunning: false, error: toAppError(thrown) })
  } finally {
    stop()
  }
}

/** @param first is checked once, on opening; null waits for {@link Check.run}. @returns a check of a connection, whose steps appear while it runs. */
export const useCheck = (first: CheckTarget | null): Check => {
  const { api } = useMessenger()
  const [state, setState] = useState<State>({ steps: [], isRunning: first !== null, error: null })
  const newest = useRef<object>({})
  const begin = (target: CheckTarget, tell: (state: State) => void): void => {
    const token = {}
    newest.current = token
    void carryOut(api, target, now => newest.current === token && tell(now))
  }
  useEffect(() => {
    if (first !== null) begin(first, setState)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on opening: the person starts later checks
  }, [])
  return {
    ...state,
    run(target) {
      setState({ steps: [], isRunning: true, error: null })
      begin(target, setState)
    },
  }
}
