import { useEffect, useMemo, type ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import type { Language } from '../../shared/contract/model.ts'
import { createTranslator } from '../../shared/i18n/index.ts'
import type { State } from '../store/store.ts'
import { useStore } from '../store/use-store.ts'

/** @returns the window's language: the chosen one, or the system's. */
export const languageOfWindow = ({ settings, desktop }: Pick<State, 'settings' | 'desktop'>): Language =>
  settings.language === 'system' ? desktop.systemLanguage : settings.language

/** Provides the sentences in the window's language, and sets the page's `lang`. */
export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const language = useStore(languageOfWindow)
  const translator = useMemo(() => createTranslator(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return <I18nextProvider i18n={translator}>{children}</I18nextProvider>
}
