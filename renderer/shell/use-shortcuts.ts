import { useEffect } from 'react'
import { endComposition, isInputMethods } from '../ui/forms/composition.ts'
import { isComposing } from '../ui/forms/input-method.ts'
import { isMac } from '../store/surface.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import { actionOfStroke } from './shortcuts.ts'

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta'])

/** Tells the store of every key and every press of the pointer, before anything else hears of it. */
export const useActs = (): void => {
  const { store } = useMessenger()
  useEffect(() => {
    const pointed = (): void => store.getState().act()
    const pressed = ({ key }: KeyboardEvent): void => {
      if (!modifiers.has(key)) store.getState().act()
    }
    window.addEventListener('pointerdown', pointed, true)
    window.addEventListener('keydown', pressed, true)
    return () => {
      window.removeEventListener('pointerdown', pointed, true)
      window.removeEventListener('keydown', pressed, true)
    }
  }, [store])
}

/** Carries out the shortcuts of the window, wherever its focus is, but under an open dialog. */
export const useShortcuts = (): void => {
  const { store } = useMessenger()
  const mac = useStore(isMac)
  useEffect(() => {
    /** A shortcut that was taken out of a composition, until its key is up: some input methods send the key a second time. */
    let taken: string | null = null
    const press = (event: KeyboardEvent): void => {
      const action = actionOfStroke(event, mac)
      if (!action || event.defaultPrevented || store.getState().dialog || isInputMethods(event)) return
      event.preventDefault()
      if (event.code === taken) return
      if (isComposing(event)) {
        taken = event.code
        endComposition()
      }
      store.getState().perform(action)
    }
    const release = (): void => {
      taken = null
    }
    const ends = ['keyup', 'blur'] as const
    window.addEventListener('keydown', press)
    for (const end of ends) window.addEventListener(end, release)
    return () => {
      window.removeEventListener('keydown', press)
      for (const end of ends) window.removeEventListener(end, release)
    }
  }, [store, mac])
}
