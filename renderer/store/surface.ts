/** How this window looks and works: as it is set on a desktop, and as the browser has it elsewhere. */
import { languageOf } from '../../shared/i18n/index.ts'
import type { Language, Settings } from '../../shared/contract/model.ts'
import type { World } from './world.ts'

type Surface = Pick<Settings, 'theme' | 'density' | 'sendKey'>

/** Of a window without the desktop half, where nothing keeps settings. */
const unset: Surface = { theme: 'system', density: 'cozy', sendKey: 'enter' }

type Half = Pick<World, 'desktop'>

/** @returns the settings that every window goes by. */
export const surfaceOf = ({ desktop }: Half): Surface => desktop?.settings ?? unset

/** @returns the window's language: the chosen one, or the system's. */
export const languageOfWindow = ({ desktop }: Half): Language => {
  if (!desktop) return languageOf(navigator.language)
  const { language } = desktop.settings
  return language === 'system' ? desktop.systemLanguage : language
}

/** @returns whether there is a desktop around the window; without one, what only a desktop can do is not offered. */
export const hasDesktop = ({ desktop }: Half): boolean => desktop !== null

/** @returns whether keys are named as on macOS. */
export const isMac = ({ desktop }: Half): boolean =>
  desktop ? desktop.platform === 'darwin' : navigator.platform.startsWith('Mac')
