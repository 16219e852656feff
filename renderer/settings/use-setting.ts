import type { Settings } from '../../shared/contract/model.ts'
import { useDesktop, useSend } from '../store/use-store.ts'

/** The host's settings have a page and a command of their own. */
type Setting = Exclude<keyof Settings, 'host'>

/** @returns a setting and a function that changes it. */
export const useSetting = <Name extends Setting>(
  name: Name,
): [Settings[Name], (value: Settings[Name]) => void] => {
  const send = useSend()
  const value = useDesktop(desktop => desktop.settings[name])
  return [value, next => void send('updateSettings', { [name]: next })]
}
