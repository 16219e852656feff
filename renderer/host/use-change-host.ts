import { useTranslation } from 'react-i18next'
import { useMessenger, useSend } from '../store/use-store.ts'
import { connectionsLost, type HostChange } from '../store/host-change.ts'
import { desktopOf } from '../store/world.ts'

/** @returns a function that applies a change, after a confirmation if it would disconnect others. */
export const useChangeHost = (): ((change: HostChange) => void) => {
  const { store } = useMessenger()
  const apply = useApplyHostChange()
  return change => {
    const state = store.getState()
    if (connectionsLost(desktopOf(state).host, change) > 0) state.openDialog({ name: 'change-host', change })
    else void apply(change)
  }
}

/** @returns a function that applies a change without a confirmation, and shows a toast. */
export const useApplyHostChange = (): ((change: HostChange) => Promise<void>) => {
  const { t } = useTranslation('host')
  const { store } = useMessenger()
  const send = useSend()
  return async change => {
    const isOn = desktopOf(store.getState()).host.phase === 'on'
    if ((await send('updateHost', change)) === undefined) return
    store.getState().notify(t(isOn ? 'savedAndRestarted' : 'saved'))
  }
}
