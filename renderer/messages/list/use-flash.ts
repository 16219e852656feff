import { useEffect, useState } from 'react'
import type { MessageId } from '../../../shared/contract/model.ts'
import type { JumpTarget } from './room-window.ts'

/** How long a message that was jumped to stands out, in ms. */
const flashTime = 2000

/** @returns the message that was jumped to, for a short while. */
export const useFlash = (target: JumpTarget | null): MessageId | null => {
  const [flashed, setFlashed] = useState(target)
  if (target && target !== flashed) setFlashed(target)
  useEffect(() => {
    if (!flashed) return undefined
    const timer = setTimeout(() => setFlashed(null), flashTime)
    return () => clearTimeout(timer)
  }, [flashed])
  return flashed?.id ?? null
}
