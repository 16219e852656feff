import { useEffect } from 'react'
import type { WindowAction } from '../../shared/contract/desktop-commands.ts'
import { useMessenger, useStore } from '../use-store.ts'

type Stroke = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

const withMod: Readonly<Record<string, WindowAction>> = {
  KeyK: 'openSearch',
  KeyN: 'createRoom',
  Comma: 'openSettings',
}
const withAlt: Readonly<Record<string, WindowAction>> = { ArrowUp: 'previousRoom', ArrowDown: 'nextRoom' }

/**
 * @param mac whether Mod is ⌘ instead of Ctrl.
 * @returns what a key stroke asks of the window. By the key's place, not its letter, which is ㅏ while Hangul is on.
 */
export const actionOfStroke = (stroke: Stroke, mac: boolean): WindowAction | undefined => {
  const [mod, other] = mac ? [stroke.metaKey, stroke.ctrlKey] : [stroke.ctrlKey, stroke.metaKey]
  if (other || stroke.shiftKey || stroke.isComposing || mod === stroke.altKey) return undefined
  return (mod ? withMod : withAlt)[stroke.code]
}

/** Carries out the shortcuts of the window, wherever its focus is, but under an open dialog. */
export const useShortcuts = (): void => {
  const { store } = useMessenger()
  const mac = useStore(state => state.desktop.platform === 'darwin')
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionOfStroke(event, mac)
      if (!action || event.defaultPrevented || store.getState().dialog) return
      event.preventDefault()
      store.getState().perform(action)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [store, mac])
}
