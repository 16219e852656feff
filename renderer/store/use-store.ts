/** The store and the API in React: the only place where the two meet. */
import { createContext, use } from 'react'
import { useStore as useZustandStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { CommandName, InputOf, OutputOf } from '../../shared/contract/api.ts'
import type { Api } from '../../shared/bridge/api.ts'
import type { State, Store } from './store.ts'
import { desktopOf, type DesktopWorld } from './world.ts'

export interface Messenger {
  api: Api
  store: Store
}

export const MessengerContext = createContext<Messenger | null>(null)

/** @returns the API and the store of this window. */
export const useMessenger = (): Messenger => {
  const messenger = use(MessengerContext)
  if (!messenger) throw new Error('There is no MessengerContext above this component.')
  return messenger
}

/** @returns what `selector` takes from the store; the component renders again when that changes. */
export const useStore = <T>(selector: (state: State) => T): T =>
  useZustandStore(useMessenger().store, selector)

/** @returns what `selector` takes from the desktop half, in a component that is offered with that half only. */
export const useDesktop = <T>(selector: (desktop: DesktopWorld) => T): T =>
  useStore(state => selector(desktopOf(state)))

/** @returns an object that `selector` makes of the store; the same object as long as none of its fields changes. */
export const useFields = <T extends object | undefined>(selector: (state: State) => T): T =>
  useStore(useShallow(selector))

/** Carries out a command and shows a failure as a toast. Resolves to the output, or to undefined after a failure. */
export type Send = <Name extends CommandName>(
  name: Name,
  input: InputOf<Name>,
) => Promise<OutputOf<Name> | undefined>

/** @returns how this window's components carry out commands whose failure has no place of its own. */
export const useSend = (): Send => {
  const { api, store } = useMessenger()
  return async (name, input) => {
    try {
      return await api.call(name, input)
    } catch (thrown) {
      store.getState().report(thrown)
      return undefined
    }
  }
}
