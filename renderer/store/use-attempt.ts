import { useState } from 'react'
import { toAppError, type AppError } from '../../shared/contract/errors.ts'

interface Attempt {
  /** Carries `work` out, unless something is being carried out already. Never rejects. */
  attempt: (work: () => Promise<void>) => Promise<void>
  busy: boolean
  /** Why the last attempt failed; null while there is none, or another one is under way. */
  error: AppError | null
}

/** @returns a way for a form to run one action at a time, and its state; the form shows the failure. */
export const useAttempt = (): Attempt => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const attempt: Attempt['attempt'] = async work => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      setError(toAppError(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { attempt, busy, error }
}
