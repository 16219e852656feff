import { useSyncExternalStore } from 'react'
import { useStore } from './use-store.ts'

const followFocus = (changed: () => void): (() => void) => {
  window.addEventListener('focus', changed)
  window.addEventListener('blur', changed)
  return () => {
    window.removeEventListener('focus', changed)
    window.removeEventListener('blur', changed)
  }
}

/** @returns whether the window has the focus: as the desktop says or, without one, as the page itself knows. */
export const useFocused = (): boolean => {
  const hasFocus = useSyncExternalStore(followFocus, () => document.hasFocus())
  return useStore(({ desktop }) => desktop?.window.focused ?? hasFocus)
}
